import type { Draft } from './pattern-draft.ts';

/**
 * How much of a word, where it stands, is this topic's own: 1 where no other topic has it between
 * these neighbours, less for every topic that has. "The owner of the email server profile" is in
 * half of all alerts and tells nothing; "because the license is invalid" is what one alert is about.
 */
export function ownShares(drafts: readonly Draft[], words: number): readonly Float64Array[] {
  const groups = new Map<string, number>();
  const pairs = new Map<number, Seen>();
  const singles = new Map<number, Seen>();
  const groupOf = drafts.map(({ article, decoy }) => {
    const key = decoy ? `${article.id} decoy` : article.id;
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return group;
  });
  const pair = (left: number, right: number): number => (left + 1) * (words + 1) + right + 1;
  drafts.forEach(({ elements }, index) => {
    const group = groupOf[index] ?? 0;
    let left = -1;
    for (const { word } of elements) {
      count(pairs, pair(left, word), group);
      if (word >= 0) count(singles, word, group);
      left = word;
    }
  });
  return drafts.map(({ elements }) =>
    Float64Array.from(elements, ({ word }, index) => {
      if (word < 0) return 0;
      const left = elements[index - 1]?.word ?? -1;
      const right = elements[index + 1];
      const before = pairs.get(pair(left, word))?.groups ?? 1;
      const after = right ? (pairs.get(pair(word, right.word))?.groups ?? 1) : before;
      const sharing = Math.min(before, after, singles.get(word)?.groups ?? 1);
      return 1 / (sharing * sharing);
    }),
  );
}

interface Seen {
  groups: number;
  last: number;
}

/** Drafts of one topic stand together, so that only the last group need be remembered. */
function count(seen: Map<number, Seen>, key: number, group: number): void {
  const known = seen.get(key);
  if (!known) seen.set(key, { groups: 1, last: group });
  else if (known.last !== group) {
    known.groups++;
    known.last = group;
  }
}
