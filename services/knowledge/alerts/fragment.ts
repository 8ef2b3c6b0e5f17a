import type { TopicId } from '../../domain/ids.ts';
import { LINE, PAUSE } from '../text/scan.ts';
import type { Candidate } from './candidates.ts';
import { type Fitted, fitCandidate } from './fit-candidate.ts';
import type { MarkedText } from './marked-text.ts';
import type { PatternSet } from './pattern.ts';
import { type Passage, readWordForWord } from './word-for-word.ts';

/** What a cut has left of an alert, and whose wordings have it word for word. */
export interface Fragment {
  readonly from: number;
  readonly to: number;
  /** One wording for each topic, the likeliest first; never empty. */
  readonly topics: readonly Fitted[];
  /** An alert that no article documents has it too. */
  readonly undocumented: boolean;
}

interface Read extends Passage {
  readonly candidate: Candidate;
}

const FEWEST_WORDS = 4;
const LEAST_WEIGHT = 0.7;
/** Weight by which two may differ and still have the same words. */
const SAME = 0.1;
/** Weight of words that the best alignment may have and the fragment not. */
const LEFT_OUT = 0.3;
const MOST_LINES = 4;
const BEFORE = 14;
const BEHIND = 60;
/** Weight of words that a piece's wording may not have, because they are names. */
const SHORTFALL = 0.6;
/** More choices than this are not offered: then the commonest come first. */
const MOST_CHOICES = 3;

/**
 * The lines around [from, to) as a piece of some wordings, if they are nothing but that. `read` is
 * the weight of the words that have been found there already.
 */
export function fragmentAround(
  text: MarkedText,
  set: PatternSet,
  region: { readonly from: number; readonly to: number; readonly read: number },
  fillers: ReadonlySet<string>,
): Fragment | null {
  const until = Math.min(text.tokens.length, region.to + BEHIND);
  const starts = startsBefore(text, region.from);
  const first = starts.at(-1) ?? 0;
  text.searchMisspelt(first, until);
  const having = set.ballot.havingMost(text, region.from, region.to, SHORTFALL);
  const reads = having.flatMap(({ pattern, reached, votes }): readonly Read[] => {
    const compiled = set.patterns[pattern];
    if (!compiled) return [];
    return starts.flatMap((start) =>
      readWordForWord(compiled, text, start, until, fillers).map((passage) => {
        const candidate = { pattern, reached, votes, from: passage.from, to: passage.to };
        return { ...passage, candidate };
      }),
    );
  });
  const best = heaviest(reads);
  if (!best || best.weight < region.read - LEFT_OUT) return null;
  const same = reads.filter(
    ({ from, to, weight }) => from === best.from && to === best.to && weight >= best.weight - SAME,
  );
  return fragmentOf(best, same, text, set, fillers);
}

/** The beginnings of the line that the token stands in and of those before, nearest first. */
function startsBefore(text: MarkedText, token: number): readonly number[] {
  const starts: number[] = [];
  const { edges } = text.tokens;
  for (let at = token; at >= Math.max(0, token - BEFORE) && starts.length < MOST_LINES; at--) {
    const edge = edges[at] ?? 0;
    if (at === 0 || edge >= LINE || edge === PAUSE) starts.push(at);
  }
  return starts;
}

function heaviest(reads: readonly Read[]): Read | null {
  let best: Read | null = null;
  for (const read of reads) {
    if (read.words < FEWEST_WORDS || read.weight < LEAST_WEIGHT) continue;
    if (!best || read.weight > best.weight) best = read;
  }
  return best;
}

function fragmentOf(
  { from, to }: Passage,
  reads: readonly Read[],
  text: MarkedText,
  set: PatternSet,
  fillers: ReadonlySet<string>,
): Fragment | null {
  const byTopic = new Map<TopicId, Read[]>();
  let undocumented = false;
  for (const read of reads) {
    const pattern = set.patterns[read.candidate.pattern];
    if (!pattern || pattern.decoy) {
      if (pattern?.later === false) undocumented = true;
      continue;
    }
    byTopic.set(pattern.topic, [...(byTopic.get(pattern.topic) ?? []), read]);
  }
  const groups = [...byTopic.values()];
  if (groups.length > MOST_CHOICES) groups.sort((a, b) => commonness(b, set) - commonness(a, set));
  else groups.sort((a, b) => weightOf(b) - weightOf(a));
  const topics = groups.flatMap((group): readonly Fitted[] => {
    const [read] = [...group].sort((a, b) => b.weight - a.weight);
    const fitted = read && fitCandidate(read.candidate, text, set, fillers);
    return fitted ? [fitted] : [];
  });
  return topics.length === 0 ? null : { from, to, topics, undocumented };
}

const DOCUMENT_FIRST = 1000;

/** In how many of a topic's wordings the words stand; the document's topics before all others. */
function commonness(group: readonly Read[], set: PatternSet): number {
  const [read] = group;
  const fromDocument = set.patterns[read?.candidate.pattern ?? 0]?.fromDocument === true;
  return group.length + (fromDocument ? DOCUMENT_FIRST : 0);
}

function weightOf(group: readonly Read[]): number {
  return Math.max(...group.map(({ weight }) => weight));
}
