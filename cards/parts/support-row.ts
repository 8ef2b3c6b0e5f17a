import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { CardElement } from '../card.ts';
import type { MailboxView } from '../views.ts';
import { actionRow } from './action-rows.ts';

/** Of a mailbox that works nobody has to be told. */
export function supportRow({ mailbox, health }: MailboxView, t: Translator): CardElement | null {
  if (health === 'healthy') return null;
  const mailboxId = mailbox.id;
  return actionRow(execute('copy-for-support', t('card.support.copy'), { mailboxId }));
}
