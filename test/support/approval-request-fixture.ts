import type { ApprovalRequestView, MailboxView } from '../../cards/index.ts';
import { idOf } from '../../services/domain/ids.ts';
import { at, type OutsideTexts } from './card-fixtures.ts';

export function requestViewOf(
  texts: OutsideTexts,
  mailbox: MailboxView,
  state: ApprovalRequestView['request']['state'],
  mayDecide: boolean,
): ApprovalRequestView {
  const base = {
    id: idOf<ApprovalRequestView['request']['id']>('request-1'),
    mailboxId: mailbox.mailbox.id,
    requestedBy: idOf<ApprovalRequestView['request']['requestedBy']>('user-1'),
    requestedAt: at(-30),
    reason: `${texts.subject}. Kunderna väntar på svar.`,
    askRoles: ['global-administrator'],
    version: 2,
  } as const;
  return {
    request:
      state === 'pending'
        ? { ...base, state }
        : { ...base, state, decidedBy: idOf('user-2'), decidedAt: at(-1) },
    mailbox,
    requestedByName: texts.person,
    decidedByName: state === 'pending' ? null : texts.person,
    mayDecide,
    whoDecides: state === 'pending' && !mayDecide ? [texts.person, 'Lars Lind'] : null,
  };
}
