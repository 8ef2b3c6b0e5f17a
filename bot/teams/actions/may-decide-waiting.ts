import { deniedCard } from '../../../cards/index.ts';
import type { AuditedAction } from '../../../services/domain/audit.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { mayDecideWaiting } from '../../../services/domain/permission.ts';
import {
  deniedView,
  type MailboxContext,
  personViewer,
  visibleContext,
} from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { auditPress } from './audit-press.ts';

type Decider =
  | { readonly may: true; readonly context: MailboxContext }
  | { readonly may: false; readonly answer: ActionAnswer };

/** Looked at when the button is pressed, as the directory and the engine know it then. */
export async function deciderOfWaiting(
  asker: Asker,
  mailboxId: string,
  action: AuditedAction,
  services: BotServices,
): Promise<Decider> {
  const subject = idOf<MailboxId>(mailboxId);
  const context = await visibleContext(services, subject, personViewer(asker.person));
  if (context === null) return { may: false, answer: outdatedAnswer(asker) };
  const permission = mayDecideWaiting(asker.person, context.mailbox);
  if (permission.allowed) return { may: true, context };
  const denied = { action, subject, outcome: 'denied', detail: permission.reason } as const;
  await auditPress(asker, denied, services);
  const view = await deniedView(services, context.mailbox, permission, false);
  return { may: false, answer: plainAnswer(deniedCard(view, asker.t)) };
}
