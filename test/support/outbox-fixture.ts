import type { MailboxView, OutboxView } from '../../cards/index.ts';
import type { PendingReason } from '../../services/domain/outgoing-message.ts';
import { at, type OutsideTexts } from './card-fixtures.ts';

export function outboxViewOf(
  texts: OutsideTexts,
  mailbox: MailboxView,
  reasons: readonly PendingReason[],
  more = 0,
  page: Partial<Pick<OutboxView, 'day' | 'skipped'>> = {},
): OutboxView {
  return {
    mailbox,
    day: null,
    skipped: 0,
    ...page,
    more,
    messages: reasons.map((why, index) => ({
      why,
      message: {
        id: `message-${index}`,
        mailboxId: mailbox.mailbox.id,
        subject: index === 1 ? '' : texts.subject,
        to: [texts.address, 'kund@example.org', 'order@example.org', 'ekonomi@example.org'].slice(
          0,
          index + 1,
        ),
        text: '…',
        messageId: `<${index}@contoso.example>`,
        submittedAt: at(-15 * (index + 1)),
        state: 'pending-send',
        attempts: index,
      },
    })),
  };
}
