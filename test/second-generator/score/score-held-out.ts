import type { Diagnosis } from '../../../services/domain/diagnosis.ts';
import type { Knowledge } from '../../../services/knowledge/index.ts';
import type { HeldOut } from './held-out.ts';
import { share } from './tally.ts';

interface Sums {
  right: number;
  offered: number;
  wrong: number;
  silent: number;
  total: number;
}

const OFFERED = 3;

function add(sums: Sums, { labels, accept, kind }: HeldOut, got: Diagnosis): void {
  const answered = got.outcome === 'answer' || got.outcome === 'match';
  const topics = got.matches.map(({ topic }) => topic as string);
  const fits = (topic: string | undefined): boolean =>
    topic !== undefined && (labels.includes(topic) || accept.includes(topic));
  sums.total += 1;
  if (got.outcome === 'none') sums.silent += 1;
  if (kind === 'negative') {
    if (answered) sums.wrong += 1;
    else if (got.outcome === 'ambiguous') sums.offered += 1;
    return;
  }
  if (answered && fits(topics[0])) sums.right += 1;
  else if (answered) sums.wrong += 1;
  // What a person sees: the answer, or the articles offered.
  if (got.outcome !== 'none' && topics.slice(0, OFFERED).some(fits)) sums.offered += 1;
}

/** Numbers only: whoever works on the matching reads them, and must not see the texts. */
export async function scoreHeldOut(
  knowledge: Knowledge,
  entries: readonly HeldOut[],
): Promise<string> {
  const groups = new Map<string, Sums>();
  const failing = new Map<string, number>();
  for (const entry of entries) {
    const got = await knowledge.diagnose(entry.text);
    const topic = entry.labels[0];
    const inDocument =
      topic !== undefined &&
      knowledge
        .articles()
        .some(({ id, catalogue }) => (id as string) === topic && catalogue === 'document');
    const part = entry.kind === 'negative' ? '' : inDocument ? ' document' : ' later';
    const keys = [
      entry.kind,
      ...(part === '' ? [] : [`${entry.kind}${part}`]),
      `${entry.kind} ${entry.lang}`,
      `${entry.kind} ${entry.lang} ${entry.hardness}`,
    ];
    for (const key of keys) {
      const sums = groups.get(key) ?? { right: 0, offered: 0, wrong: 0, silent: 0, total: 0 };
      const before = sums.right;
      add(sums, entry, got);
      groups.set(key, sums);
      if (key === 'question' && sums.right === before && topic !== undefined) {
        failing.set(topic, (failing.get(topic) ?? 0) + 1);
      }
    }
  }
  return [...tables(groups), '', failingTopics(failing)].join('\n');
}

function tables(groups: ReadonlyMap<string, Sums>): readonly string[] {
  const sorted = [...groups].sort(([left], [right]) => left.localeCompare(right));
  const questions = sorted
    .filter(([key]) => key.startsWith('question'))
    .map(
      ([key, { right, offered, wrong, silent, total }]) =>
        `| ${key} | ${share(right, total)} | ${share(offered, total)} | ${share(wrong, total)} | ${share(silent, total)} | ${total} |`,
    );
  const negatives = sorted
    .filter(([key]) => key.startsWith('negative'))
    .map(
      ([key, { offered, wrong, silent, total }]) =>
        `| ${key} | ${share(wrong, total)} (${wrong}) | ${share(offered, total)} | ${share(silent, total)} | ${total} |`,
    );
  return [
    '| questions | right | right or among three | answered wrongly | no answer | n |',
    '|---|---|---|---|---|---|',
    ...questions,
    '',
    '| negatives | answered wrongly | asked to choose | no answer | n |',
    '|---|---|---|---|---|',
    ...negatives,
  ];
}

function failingTopics(failing: ReadonlyMap<string, number>): string {
  const worst = [...failing].sort(([, left], [, right]) => right - left);
  return `Questions not right, by topic: ${worst.map(([topic, count]) => `${topic} ${count}`).join(', ')}`;
}
