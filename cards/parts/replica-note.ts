import type { EmailServerProfile } from '../../services/domain/profile.ts';
import type { Translator } from '../../services/i18n/index.ts';

/** What stands in for the real server, where a profile says that something does. */
export function replicaNote(
  profile: Pick<EmailServerProfile, 'serverType'>,
  t: Translator,
): string {
  return profile.serverType === 'exchange-server'
    ? t('card.replica.exchange-server')
    : t('card.replica.exchange-online');
}
