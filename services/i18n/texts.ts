import type { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../domain/language.ts';
import { epochMsOf, type Instant } from '../domain/time.ts';
import { AppError } from '../observability/index.ts';
import type { TextKey } from './catalogue.ts';
import { compileMessage } from './message-syntax.ts';
import type { TextValues, Translator } from './translator.ts';

export type Catalogue = Readonly<Record<TextKey, string>>;

/** All texts in all languages. Compiled messages and formats are kept, so that a card costs no parsing. */
export interface Texts {
  readonly catalogues: Readonly<Record<Language, Catalogue>>;
  /** An unknown time zone (they come from clients) is replaced by UTC, and times then say so. */
  translatorFor(language: Language, timeZone: string): Translator;
}

/** 24-hour clock and day before month in both: `23 nov. 2026 14:35`, `23 Nov 2026, 14:35`. */
const LOCALE_OF: Readonly<Record<Language, string>> = { sv: 'sv-SE', en: 'en-GB' };

export function createTexts(catalogues: Readonly<Record<Language, Catalogue>>): Texts {
  const messages = new Map<string, IntlMessageFormat>();
  const translators = new Map<string, Translator>();

  function message(language: Language, key: TextKey): IntlMessageFormat {
    const id = `${language} ${key}`;
    const known = messages.get(id);
    if (known !== undefined) return known;
    const compiled = compileMessage(catalogues[language][key], LOCALE_OF[language]);
    messages.set(id, compiled);
    return compiled;
  }

  function create(language: Language, timeZone: string): Translator {
    const locale = LOCALE_OF[language];
    const shown = timeZone === 'UTC' ? ({ timeZoneName: 'short' } as const) : {};
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
    const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
    const dateTimes = new Intl.DateTimeFormat(locale, { ...day, ...clock, ...shown });
    const days = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' });
    const times = new Intl.DateTimeFormat(locale, { ...clock, ...shown });
    const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
    const numbers = new Intl.NumberFormat(locale);
    const say = (key: TextKey, values: TextValues = {}): string => {
      try {
        return String(message(language, key).format(values));
      } catch (error) {
        throw new AppError('locales-invalid', `${language} ${key}`, { cause: error });
      }
    };
    return Object.assign(say, {
      language,
      timeZone,
      dateTime: (instant: Instant) => dateTimes.format(epochMsOf(instant)),
      day: (utcDay: string) => days.format(Date.parse(utcDay)),
      time: (instant: Instant) => times.format(epochMsOf(instant)),
      list: (items: readonly string[]) => lists.format(items),
      number: (value: number) => numbers.format(value),
    });
  }

  return {
    catalogues,
    translatorFor(language, wanted) {
      const timeZone = isTimeZone(wanted) ? wanted : 'UTC';
      const id = `${language} ${timeZone}`;
      const known = translators.get(id);
      if (known !== undefined) return known;
      const created = create(language, timeZone);
      translators.set(id, created);
      return created;
    },
  };
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
