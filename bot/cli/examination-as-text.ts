import type { Examined, Outcome } from '../../services/doctor/index.ts';
import type { Language, Localized } from '../../services/domain/language.ts';

const MARKS: Readonly<Record<Outcome, string>> = {
  ok: '✓',
  warning: '!',
  failed: '✗',
  'not-checked': '–',
};

interface Labels {
  readonly next: string;
  readonly summary: (counts: Readonly<Record<Outcome, number>>) => string;
}

const LABELS: Localized<Labels> = {
  en: {
    next: 'Do',
    summary: ({ ok, warning, failed, 'not-checked': rest }) =>
      `${ok} right, ${warning} to look at, ${failed} wrong, ${rest} not checked. Nothing was changed.`,
  },
  sv: {
    next: 'Gör',
    summary: ({ ok, warning, failed, 'not-checked': rest }) =>
      `${ok} rätt, ${warning} att se över, ${failed} fel, ${rest} inte kontrollerade. Inget har ändrats.`,
  },
};

/** One finding as a person reads it in a terminal. */
export function findingAsText({ outcome, title, found, next }: Examined, lang: Language): string {
  const lines = [`${MARKS[outcome]} ${title[lang]}: ${found[lang]}`];
  const steps = next?.[lang].split('\n') ?? [];
  lines.push(...steps.map((step) => `    ${LABELS[lang].next}: ${step}`));
  return `${lines.map(printable).join('\n')}\n`;
}

export function summaryAsText(examined: readonly Examined[], lang: Language): string {
  const counts = { ok: 0, warning: 0, failed: 0, 'not-checked': 0 };
  for (const { outcome } of examined) counts[outcome] += 1;
  return `\n${LABELS[lang].summary(counts)}\n`;
}

/** What a server named must not move the cursor of a terminal. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, '�');
