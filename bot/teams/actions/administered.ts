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

/** For settings that System administrators change: looked at when the button is pressed. */
export async function forAdministrators(
  asker: Asker,
  mailboxId: string,
  action: AuditedAction,
  services: BotServices,
  work: (context: Administered) => Promise<ActionAnswer>,
): Promise<ActionAnswer> {
  const id = idOf<MailboxId>(mailboxId);
  const context = await visibleContext(services, id, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  const { profile, mailbox } = context;
  if (profile === null) return outdatedAnswer(asker, mailboxId);
  const permission = mayAdminister(asker.person);
  if (permission.allowed) return work({ ...context, profile });
  const denied = { action, subject: id, outcome: 'denied', detail: permission.reason } as const;
  await auditPress(asker, denied, services);
  const view = await deniedView(services, mailbox, permission, false);
  return plainAnswer(deniedCard(view, asker.t));
}
