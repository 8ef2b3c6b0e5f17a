import type { Proof, Verdict } from '../../services/doctor/index.ts';
import type { Language, Localized } from '../../services/domain/language.ts';

interface Labels {
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly seen: string;
  readonly byHand: string;
  readonly heading: string;
  readonly summary: (counts: Readonly<Record<Verdict, number>>) => string;
}

const LABELS: Localized<Labels> = {
  en: {
    verdict: { confirmed: 'confirmed', refuted: 'REFUTED', open: 'open' },
    seen: 'Seen',
    byHand: 'Try',
    heading: 'What was assumed, and what this organization shows',
    summary: ({ confirmed, refuted, open }) =>
      `${confirmed} confirmed, ${refuted} refuted, ${open} open. Nothing was changed; no person and no organization is named. Send us all of it.`,
  },
  sv: {
    verdict: { confirmed: 'bekräftat', refuted: 'MOTBEVISAT', open: 'öppet' },
    seen: 'Sett',
    byHand: 'Pröva',
    heading: 'Vad som antogs, och vad den här organisationen visar',
    summary: ({ confirmed, refuted, open }) =>
      `${confirmed} bekräftade, ${refuted} motbevisade, ${open} öppna. Inget har ändrats; ingen person och ingen organisation nämns. Skicka oss alltihop.`,
  },
};

/** The report of `--prove`, in the order of the README's list. */
export function proofAsText(proofs: readonly Proof[], lang: Language): string {
  const labels = LABELS[lang];
  const counts = { confirmed: 0, refuted: 0, open: 0 };
  for (const { verdict } of proofs) counts[verdict] += 1;
  const lines = proofs.flatMap(({ id, verdict, assumed, seen, byHand }) => [
    `[${labels.verdict[verdict]}] ${id}: ${assumed[lang]}`,
    `    ${labels.seen}: ${seen[lang]}`,
    ...(byHand === undefined ? [] : [`    ${labels.byHand}: ${byHand[lang]}`]),
  ]);
  return `\n${labels.heading}\n${lines.join('\n')}\n\n${labels.summary(counts)}\n`;
}
