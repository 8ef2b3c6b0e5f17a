import type { TopicId } from '../../domain/ids.ts';
import { LINE, PAUSE } from '../text/scan.ts';
import type { Candidate } from './candidates.ts';
import { type Fitted, fitCandidate } from './fit-candidate.ts';
import type { MarkedText } from './marked-text.ts';
import type { PatternSet } from './pattern.ts';
import { type Passage, readWordForWord, type Stretch } from './word-for-word.ts';

/** What a cut has left of an alert, and whose wordings have it word for word. */
export interface Fragment {
  readonly from: number;
  readonly to: number;
  /** One wording for each topic, the likeliest first; never empty. */
  readonly topics: readonly Fitted[];
  /** An alert that no article documents has it too. */
  readonly undocumented: boolean;
}

/** What the best alignment has found: tokens [from, to), and the weight of its words. */
export interface Region {
  readonly from: number;
  readonly to: number;
  readonly read: number;
}

interface Read extends Passage {
  readonly candidate: Candidate;
}

const FEWEST_WORDS = 4;
const LEAST_WEIGHT = 0.5;
/** Weight by which two may differ and still have the same words. */
const SAME = 0.1;
/** Weight of words that the best alignment may have and the fragment not: names and small words. */
const LEFT_OUT = 1;
const MOST_LINES = 4;
const BEFORE = 14;
const BEHIND = 40;
const LONGEST_TEXT = 60;
/** Weight of words that a wording of the fragment may lack; more where they may all be names. */
const SHORTFALL = 0.6;
const NAMES = 1.5;
/** More choices than this are not offered: then the commonest come first. */
const MOST_CHOICES = 3;
/** So many are read for their names, since a code may tell which of them it is. */
const MOST_FITTED = 8;
/** People ask about the document's topics so many times as often as about others. */
const FROM_DOCUMENT = 3;

/**
 * The text as a piece of some wordings, if it is nothing but that; or the lines around the region as
 * the beginning of some, among other things.
 */
export function fragmentAround(
  text: MarkedText,
  set: PatternSet,
  region: Region,
  fillers: ReadonlySet<string>,
): Fragment | null {
  const { length } = text.tokens;
  const from = startsBefore(text, region.from);
  const until = Math.min(length, region.to + BEHIND);
  const stretches: Stretch[] = from.map((start) => ({ from: start, until, anywhere: false }));
  if (length <= LONGEST_TEXT) stretches.push({ from: 0, until: length, anywhere: true });
  text.searchMisspelt(from.at(-1) ?? 0, until);
  const fragment = fragmentOf(stretches, text, set, { ...region, shortfall: SHORTFALL }, fillers);
  // Before one article is named, names that are another's words have to be thought of.
  if (fragment?.topics.length !== 1) return fragment;
  return fragmentOf(stretches, text, set, { ...region, shortfall: NAMES }, fillers);
}

/** The beginnings of the line that the token stands in and of those before, nearest first. */
function startsBefore(text: MarkedText, token: number): readonly number[] {
  const starts: number[] = [];
  for (let at = token; at >= Math.max(0, token - BEFORE) && starts.length < MOST_LINES; at--) {
    const edge = text.edgeAt(at);
    if (edge >= LINE || edge === PAUSE) starts.push(at);
  }
  return starts;
}

function fragmentOf(
  stretches: readonly Stretch[],
  text: MarkedText,
  set: PatternSet,
  region: Region & { readonly shortfall: number },
  fillers: ReadonlySet<string>,
): Fragment | null {
  const reads: Read[] = [];
  const { length } = text.tokens;
  for (const elected of set.ballot.havingMost(text, region.from, region.to, region.shortfall)) {
    const pattern = set.patterns[elected.pattern];
    if (!pattern) continue;
    for (const stretch of stretches) {
      for (const passage of readWordForWord(pattern, text, stretch)) {
        if (stretch.anywhere && passage.to < length) continue;
        const { from, to } = passage;
        reads.push({ ...passage, candidate: { ...elected, from, to } });
      }
    }
  }
  const best = heaviest(reads);
  if (!best || best.weight < region.read - LEFT_OUT) return null;
  if (best.from > region.from || best.to < region.to) return null;
  const same = reads.filter(
    ({ from, to, weight }) => from === best.from && to === best.to && weight >= best.weight - SAME,
  );
  return byTopic(same, text, set, fillers);
}

function heaviest(reads: readonly Read[]): Read | null {
  let best: Read | null = null;
  for (const read of reads) {
    if (read.words < FEWEST_WORDS || read.weight < LEAST_WEIGHT) continue;
    if (!best || read.weight > best.weight) best = read;
  }
  return best;
}

function byTopic(
  reads: readonly Read[],
  text: MarkedText,
  set: PatternSet,
  fillers: ReadonlySet<string>,
): Fragment | null {
  const groups = new Map<TopicId, Read[]>();
  let undocumented = false;
  for (const read of reads) {
    const pattern = set.patterns[read.candidate.pattern];
    if (pattern && !pattern.decoy) {
      const group = groups.get(pattern.topic);
      if (group) group.push(read);
      else groups.set(pattern.topic, [read]);
    } else if (pattern?.later === false) undocumented = true;
  }
  const ranked = [...groups.values()];
  const rank = ranked.length > MOST_CHOICES ? commonness : weightOf;
  const ranks = new Map(ranked.map((group) => [group, rank(group, set)]));
  ranked.sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0));
  const topics = ranked.slice(0, MOST_FITTED).flatMap((group): readonly Fitted[] => {
    const [read] = [...group].sort((a, b) => b.weight - a.weight);
    const fitted = read && fitCandidate(read.candidate, text, set, fillers);
    return fitted ? [fitted] : [];
  });
  const [first] = topics;
  if (!first) return null;
  const { from, to } = first.candidate;
  return { from, to, topics, undocumented };
}

/** In how many of a topic's wordings the words stand. */
function commonness(group: readonly Read[], set: PatternSet): number {
  const pattern = set.patterns[group[0]?.candidate.pattern ?? 0];
  const wordings = new Set(group.map(({ candidate }) => candidate.pattern)).size;
  return wordings * (pattern?.fromDocument === true ? FROM_DOCUMENT : 1);
}

function weightOf(group: readonly Read[]): number {
  return Math.max(...group.map(({ weight }) => weight));
}
