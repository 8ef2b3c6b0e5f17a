import { changeRefusedCard } from '../../../cards/index.ts';
import type { ProfileChange } from '../../../services/domain/set-up-change.ts';
import { mailboxView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import {
  type ActionAnswer,
  actionContext,
  answerShowing,
  outdatedAnswer,
  plainAnswer,
  signInAnswer,
} from './action.ts';
import { forAdministrators } from './administered.ts';
import { auditPress } from './audit-press.ts';
import { partOf, preview, seenOf, troubleOf } from './preview-change.ts';
import { refusedAnswer } from './refused-answer.ts';

/** Changes what the card before has shown; where that is true no more, it is shown anew instead. */
export function changeProfile(
  asker: Asker,
  data: { readonly mailboxId: string; readonly change: ProfileChange; readonly seen: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const { mailboxId, change, seen } = data;
  const action = 'change-profile';
  return forAdministrators(asker, mailboxId, action, services, async (context) => {
    const { profile, mailbox } = context;
    const part = partOf(change);
    const done = { card: 'profile', mailboxId: mailbox.id } as const;
    const check = await services.engine.checkProfileChange(profile.id, change);
    if (check.kind === 'possible' && seenOf(check.before, part) !== seen) {
      const wish = { part, change, typed: null, overtaken: true };
      return preview(asker, context, wish, services);
    }
    const acting = await actionContext(asker, services);
    const answer = await services.engine.changeProfile(profile.id, change, acting);
    const subject = profile.id;
    switch (answer.kind) {
      case 'changed': {
        const [before, after] = [seenOf(answer.before, part), seenOf(answer.after, part)];
        const detail = `${part}: ${before} -> ${after}`;
        await auditPress(asker, { action, subject, outcome: 'done', detail }, services);
        return answerShowing(done, asker, services, [mailbox.id]);
      }
      case 'unchanged':
        return answerShowing(done, asker, services, [mailbox.id]);
      case 'overtaken': {
        const wish = { part, change, typed: null, overtaken: true };
        return preview(asker, context, wish, services);
      }
      case 'unsupported':
      case 'not-allowed': {
        const detail = answer.kind === 'unsupported' ? answer.reason.rule : answer.because;
        await auditPress(asker, { action, subject, outcome: 'failed', detail }, services);
        const trouble = troubleOf(answer, services, asker.t);
        const view = await mailboxView(services, context, asker.viewer, asker.t);
        return plainAnswer(changeRefusedCard({ mailbox: view, trouble }, asker.t));
      }
      case 'sign-in-required':
        return signInAnswer(asker, services);
      case 'no-effect':
      case 'not-permitted':
      case 'refused':
        return refusedAnswer(answer, { wish: 'profile', mailboxId: mailbox.id }, asker, services);
      default:
        return outdatedAnswer(asker, mailboxId);
    }
  });
}
