import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { ExecuteAction } from '../card.ts';

export function mailboxAlertsButton(mailboxId: string, t: Translator): ExecuteAction {
  return execute('show-alerts', t('card.button.alerts'), { mailboxId });
}

export function profileAlertsButton(profileId: string, t: Translator): ExecuteAction {
  return execute('show-alerts', t('card.button.profile-alerts'), { profileId });
}

/** What concerns the reader: their mailboxes, and the profiles that they own. */
export function ownAlertsButton(t: Translator): ExecuteAction {
  return execute('show-alerts', t('card.button.own-alerts'), {});
}
