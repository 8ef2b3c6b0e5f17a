import type { Activity } from 'botbuilder';
import type { Preference } from '../../services/domain/conversation.ts';
import { isLanguage, type Language } from '../../services/domain/language.ts';

/** What the person's client says about itself (entity `clientInfo`), or the activity in its place. */
export interface ClientSettings {
  readonly language: Language | null;
  readonly timeZone: string | null;
}

/** For people whose client speaks a language that we do not. */
export const DEFAULT_LANGUAGE: Language = 'en';
const DEFAULT_TIME_ZONE = 'UTC';

export function clientSettings(activity: Activity): ClientSettings {
  const info = (activity.entities ?? []).find((entity) => entity.type === 'clientInfo') as
    | { readonly locale?: unknown; readonly timezone?: unknown }
    | undefined;
  const timeZone = info?.timezone ?? activity.localTimezone;
  return {
    language: languageOf(info?.locale) ?? languageOf(activity.locale),
    timeZone: typeof timeZone === 'string' && timeZone.length < 64 ? timeZone : null,
  };
}

/**
 * design.md §4: the stored choice, else the language of a free question, else Teams' client, else the
 * activity. `asked` is the question's; a pasted alert's language is none.
 */
export function chooseLanguage(
  preference: Preference | undefined,
  asked: Language | null,
  client: ClientSettings | null,
): Language {
  return (
    preference?.language ??
    asked ??
    client?.language ??
    preference?.clientLanguage ??
    DEFAULT_LANGUAGE
  );
}

export function chooseTimeZone(
  preference: Preference | undefined,
  client: ClientSettings | null,
): string {
  return client?.timeZone ?? preference?.timeZone ?? DEFAULT_TIME_ZONE;
}

/** `sv-SE`, `sv_se` and `SV` are Swedish; Norwegian and Danish are not. */
function languageOf(locale: unknown): Language | null {
  if (typeof locale !== 'string') return null;
  const primary = locale.toLowerCase().split(/[-_]/u)[0];
  return isLanguage(primary) ? primary : null;
}
