import { deniedCard } from '../../../cards/index.ts';
import type { AuditedAction } from '../../../services/domain/audit.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { mayAdminister } from '../../../services/domain/permission.ts';
import type { EmailServerProfile } from '../../../services/domain/profile.ts';
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

type Administered = MailboxContext & { readonly profile: EmailServerProfile };

/** What System administrators do with a mailbox: looked at when the button is pressed. */
export async function admitAdministrator(
  asker: Asker,
  mailboxId: string,
  action: AuditedAction,
  services: BotServices,
): Promise<{ readonly context: MailboxContext } | { readonly answer: ActionAnswer }> {
  const id = idOf<MailboxId>(mailboxId);
  const context = await visibleContext(services, id, personViewer(asker.person));
  if (context === null) return { answer: outdatedAnswer(asker) };
  const permission = mayAdminister(asker.person);
  if (permission.allowed) return { context };
  const denied = { action, subject: id, outcome: 'denied', detail: permission.reason } as const;
  await auditPress(asker, denied, services);
  const view = await deniedView(services, context.mailbox, permission, false);
  return { answer: plainAnswer(deniedCard(view, asker.t)) };
}

/** The same for settings of the mailbox's profile. */
export async function forAdministrators(
  asker: Asker,
  mailboxId: string,
  action: AuditedAction,
  services: BotServices,
  work: (context: Administered) => Promise<ActionAnswer>,
): Promise<ActionAnswer> {
  const admitted = await admitAdministrator(asker, mailboxId, action, services);
  if ('answer' in admitted) return admitted.answer;
  const { profile } = admitted.context;
  if (profile === null) return outdatedAnswer(asker, mailboxId);
  return work({ ...admitted.context, profile });
}
