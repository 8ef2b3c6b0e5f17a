import { changeRefusedCard, methodPreviewCard } from '../../../cards/index.ts';
import type { ActMethod } from '../../../services/domain/set-up-change.ts';
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
import { troubleOf } from './preview-change.ts';
import { refusedAnswer } from './refused-answer.ts';

interface MethodWish {
  readonly mailboxId: string;
  readonly method: ActMethod | 'as-registered';
}

/** Says what it means before it is done. */
export function askActMethod(
  asker: Asker,
  { mailboxId, method }: MethodWish,
  services: BotServices,
): Promise<ActionAnswer> {
  const { t, viewer, idempotencyKey } = asker;
  return forAdministrators(asker, mailboxId, 'change-act-method', services, async (context) => {
    const mailbox = await mailboxView(services, context, viewer, t);
    const pressKey = idempotencyKey.slice(-200);
    return plainAnswer(methodPreviewCard({ mailbox, method, pressKey }, t));
  });
}

/** Who synchronizes appointments, contacts and tasks of the mailbox from now on. */
export function changeActMethod(
  asker: Asker,
  { mailboxId, method }: MethodWish,
  services: BotServices,
): Promise<ActionAnswer> {
  const action = 'change-act-method';
  return forAdministrators(asker, mailboxId, action, services, async (context) => {
    const { id } = context.mailbox;
    const acting = await actionContext(asker, services);
    const answer = await services.engine.changeActMethod(id, method, acting);
    const shown = { card: 'mailbox', mailboxId: id } as const;
    switch (answer.kind) {
      case 'changed': {
        const detail = `act: ${answer.before} -> ${answer.after}`;
        await auditPress(asker, { action, subject: id, outcome: 'done', detail }, services);
        return answerShowing(shown, asker, services, [id]);
      }
      case 'unchanged':
        return answerShowing(shown, asker, services, [id]);
      case 'unsupported':
      case 'not-allowed': {
        const detail = answer.kind === 'unsupported' ? answer.reason.rule : answer.because;
        await auditPress(asker, { action, subject: id, outcome: 'failed', detail }, services);
        const mailbox = await mailboxView(services, context, asker.viewer, asker.t);
        const trouble = troubleOf(answer, services, asker.t);
        return plainAnswer(changeRefusedCard({ mailbox, trouble }, asker.t));
      }
      case 'sign-in-required':
        return signInAnswer(asker, services);
      case 'no-effect':
      case 'not-permitted':
      case 'refused':
        return refusedAnswer(answer, { wish: 'method', mailboxId: id }, asker, services);
      default:
        return outdatedAnswer(asker, mailboxId);
    }
  });
}
