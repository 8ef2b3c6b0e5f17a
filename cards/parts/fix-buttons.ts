import type { Fix } from '../../services/domain/fixes.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { CardElement, ExecuteAction } from '../card.ts';
import type { MailboxView } from '../views.ts';
import { actionRow } from './action-rows.ts';

/** The first of what may put the mailbox right; one, because the six buttons are others' too. */
export function fixButton(view: MailboxView, t: Translator): ExecuteAction | null {
  const [fix] = view.fixes;
  return fix === undefined ? null : buttonOf(fix, view, t);
}

function buttonOf(fix: Fix, { mailbox }: MailboxView, t: Translator): ExecuteAction {
  const mailboxId = mailbox.id;
  const label = t(`card.fix.${fix}`);
  return fix === 'act-off'
    ? execute('ask-act-method', label, { mailboxId, method: 'none' })
    : execute('edit-profile', label, { mailboxId, part: fix });
}

/** Leads to how the mailbox's profile reaches its server. */
export function profileRow({ mailbox, profile }: MailboxView, t: Translator): CardElement | null {
  if (profile === null) return null;
  return actionRow(execute('show-profile', t('card.profile.show'), { mailboxId: mailbox.id }));
}
