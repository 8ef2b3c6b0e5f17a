import type { Evidence } from '../../services/domain/failure.ts';
import { instantOf } from '../../services/domain/time.ts';
import type { Translator } from '../../services/i18n/index.ts';

/** OpenSSL's notation, as Node gives it. Date.parse alone takes nearly any word with a number for a date. */
const CERTIFICATE_DATE = /^[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2} \d{4} GMT$/u;

/** A certificate of a large host can bear a hundred names. */
const MOST_NAMES = 3;

/** What a person wants to read of it: a date in their own notation, the first of many names. */
export function readableEvidence(label: Evidence['label'], value: string, t: Translator): string {
  switch (label) {
    case 'certificate-valid-from':
    case 'certificate-valid-to':
      return date(value, t);
    case 'certificate-subject':
      return firstNames(value, t);
    default:
      return value;
  }
}

function date(value: string, t: Translator): string {
  const moment = CERTIFICATE_DATE.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? value : t.dateTime(instantOf(moment));
}

/** The common name stands first, and mostly once more among the alternative names. */
function firstNames(subject: string, t: Translator): string {
  const names = [...new Set(subject.split(', ').map((name) => name.replace(/^DNS:/u, '')))];
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return more > 0 ? `${shown} ${t('card.more', { count: more })}` : shown;
}
