import { deniedCard } from '../../../cards/index.ts';
import type { ApprovalDecision } from '../../../services/domain/approval-request.ts';
import { type ApprovalRequestId, idOf } from '../../../services/domain/ids.ts';
import { deniedView } from '../../present/index.ts';
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
import { isNotDone, refusedAnswer } from './refused-answer.ts';

/** A second decision changes nothing: its card names who decided first. */
export async function decideRequest(
  asker: Asker,
  data: {
    readonly requestId: string;
    readonly decision: ApprovalDecision;
    readonly address: string;
  },
  services: BotServices,
): Promise<ActionAnswer> {
  const requestId = idOf<ApprovalRequestId>(data.requestId);
  const outcome = await services.approvals.decide({
    requestId,
    seenAddress: data.address,
    decision: data.decision,
    actor: asker.person,
    context: await actionContext(asker, services),
  });
  switch (outcome.kind) {
    case 'denied': {
      const view = await deniedView(services, outcome.mailbox, outcome.permission, false);
      return plainAnswer(deniedCard(view, asker.t));
    }
    case 'not-found':
    case 'profile-missing':
      return outdatedAnswer(asker);
    case 'address-changed': {
      // The card as it is now shows the address that has to be decided about.
      const { id: mailboxId } = outcome.mailbox;
      const reference = { card: 'approval-request', requestId, mailboxId } as const;
      return answerShowing(reference, asker, services);
    }
    case 'sign-in-required':
      return signInAnswer(asker, services);
    case 'decided':
    case 'already-decided':
    case 'not-applied': {
      const { mailboxId } = outcome.request;
      if (outcome.kind === 'not-applied' && isNotDone(outcome.refusal)) {
        return refusedAnswer(outcome.refusal, { wish: 'approve', mailboxId }, asker, services);
      }
      const reference = { card: 'approval-request', requestId, mailboxId } as const;
      return answerShowing(reference, asker, services, [mailboxId]);
    }
  }
}
