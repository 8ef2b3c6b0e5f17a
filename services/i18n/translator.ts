import type { Language } from '../domain/language.ts';
import type { Instant } from '../domain/time.ts';
import type { TextKey } from './catalogue.ts';

export type TextValues = Readonly<Record<string, string | number>>;

/** Texts, dates and lists in one language and time zone. Values are inserted as they are: escape for the medium. */
export interface Translator {
  readonly language: Language;
  readonly timeZone: string;
  (key: TextKey, values?: TextValues): string;
  /** Date and time, e.g. `23 nov. 2026 14:35`. */
  dateTime(instant: Instant): string;
  /** A day in UTC such as `2026-11-03`, e.g. `3 Nov 2026`. */
  day(day: string): string;
  /** Clock time alone where the day is plain, e.g. `14:35`. */
  time(instant: Instant): string;
  list(items: readonly string[]): string;
  number(value: number): string;
}
