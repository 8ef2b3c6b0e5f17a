import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AlertSlots } from '../../services/domain/alert.ts';
import type { Diagnosis } from '../../services/domain/diagnosis.ts';

/** A labelled case of shared/cases; nothing of it may be copied into code or data. */
export interface Case {
  readonly id: string;
  readonly text: string;
  readonly lang: string;
  readonly kind: 'paste' | 'question' | 'negative';
  readonly noise: string;
  readonly labels: readonly string[];
  readonly accept?: readonly string[];
  readonly slots?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly slotsIgnore?: readonly string[];
  /** Fits several articles (test/cases/relabelled.yaml): right is to ask, and to offer the label. */
  readonly asked?: true;
}

/** Where the cases are expected: beside the clone, or where CASES_DIR says. */
export const CASES_FILE = join(
  process.env['CASES_DIR'] ?? join('..', 'shared', 'cases'),
  'dev.jsonl',
);

/** Null where the file is absent: it is not part of the repository. */
export function loadCases(): readonly Case[] | null {
  if (!existsSync(CASES_FILE)) return null;
  return readFileSync(CASES_FILE, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Case);
}

export interface Tally {
  right: number;
  of: number;
}

/** Counts as score.py does, so that the table here and the judge's agree. */
export interface Score {
  readonly paste: Tally;
  readonly question: Tally;
  readonly questionTop3: Tally;
  /** Negatives that were answered; fewer is better. */
  readonly negative: Tally;
  readonly askedToChoose: Tally;
  readonly slotF1: number;
  readonly byNoise: ReadonlyMap<string, Tally>;
  readonly wrong: readonly { readonly case: Case; readonly diagnosis: Diagnosis }[];
}

export function scoreCases(cases: readonly Case[], diagnose: (text: string) => Diagnosis): Score {
  const paste = { right: 0, of: 0 };
  const question = { right: 0, of: 0 };
  const questionTop3 = { right: 0, of: 0 };
  const negative = { right: 0, of: 0 };
  const askedToChoose = { right: 0, of: 0 };
  const slots = { agreed: 0, extra: 0, missed: 0 };
  const byNoise = new Map<string, Tally>();
  const wrong: { case: Case; diagnosis: Diagnosis }[] = [];
  const count = (tally: Tally, right: boolean): void => {
    tally.of++;
    if (right) tally.right++;
  };
  for (const labelled of cases) {
    const diagnosis = diagnose(labelled.text);
    const topics = diagnosis.matches.map(({ topic }): string => topic);
    const answered = diagnosis.outcome === 'match' || diagnosis.outcome === 'answer';
    let right: boolean;
    if (labelled.kind === 'paste') {
      right = labelled.asked
        ? diagnosis.outcome === 'ambiguous' && labelled.labels.every((one) => topics.includes(one))
        : diagnosis.outcome === 'match' && sameTopics(topics, labelled.labels);
      count(paste, right);
      countSlots(labelled, diagnosis.matches, slots);
    } else if (labelled.kind === 'question') {
      const accepted = [...labelled.labels, ...(labelled.accept ?? [])];
      right = answered && accepted.includes(topics[0] ?? '');
      count(question, right);
      count(
        questionTop3,
        topics.slice(0, 3).some((topic) => accepted.includes(topic)),
      );
    } else {
      right = !answered;
      count(negative, answered);
      count(askedToChoose, diagnosis.outcome === 'ambiguous');
    }
    const noise = byNoise.get(labelled.noise) ?? { right: 0, of: 0 };
    count(noise, right);
    byNoise.set(labelled.noise, noise);
    if (!right) wrong.push({ case: labelled, diagnosis });
  }
  const slotF1 = slotF1Of(slots);
  return { paste, question, questionTop3, negative, askedToChoose, slotF1, byNoise, wrong };
}

export function share({ right, of }: Tally): number {
  return of === 0 ? 0 : right / of;
}

export function sameTopics(topics: readonly string[], labels: readonly string[]): boolean {
  const found = new Set(topics);
  const sameSet = found.size === new Set(labels).size && labels.every((label) => found.has(label));
  return sameSet && (labels.length > 1 || topics[0] === labels[0]);
}

/** Of micro-averaged F1. */
export interface SlotCounts {
  agreed: number;
  extra: number;
  missed: number;
}

export function slotF1Of({ agreed, extra, missed }: SlotCounts): number {
  return agreed === 0 ? 0 : (2 * agreed) / (2 * agreed + extra + missed);
}

interface SlotLabels {
  readonly slots?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly slotsIgnore?: readonly string[];
}

interface MatchWithSlots {
  readonly topic: string;
  readonly slots: AlertSlots;
}

/** Only the slots of alerts that were labelled and found: the others count as wrong alerts. */
export function countSlots(
  labelled: SlotLabels,
  matches: readonly MatchWithSlots[],
  counts: SlotCounts,
): void {
  for (const match of matches) {
    const labels = labelled.slots?.[match.topic];
    if (labels === undefined) continue;
    const found: Readonly<Record<string, string | undefined>> = { ...match.slots };
    for (const slot of new Set([...Object.keys(labels), ...Object.keys(found)])) {
      if (labelled.slotsIgnore?.includes(slot) === true) continue;
      const [wanted, got] = [labels[slot], found[slot]];
      if (wanted !== undefined && got !== undefined && comparable(wanted) === comparable(got)) {
        counts.agreed++;
      } else {
        if (got !== undefined) counts.extra++;
        if (wanted !== undefined) counts.missed++;
      }
    }
  }
}

function comparable(value: string): string {
  const words = value.normalize('NFC').split(/\s+/).filter(Boolean).join(' ');
  return words.replace(/^[ "“”'<>]+|[ "“”'<>]+$/g, '');
}
