import type { MailboxId } from '../../services/domain/ids.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { CardElement } from '../card.ts';
import { actionRow } from './action-rows.ts';

/** Leads to the question whether a set-up is supported; a row, because the six buttons are others'. */
export function setUpRow(mailboxId: MailboxId | null, t: Translator): CardElement {
  const label = t(mailboxId === null ? 'card.set-up.start' : 'card.set-up.start-mailbox');
  return actionRow(execute('check-set-up', label, mailboxId === null ? {} : { mailboxId }));
}
