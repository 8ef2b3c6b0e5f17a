import type { SlotName } from '../../domain/alert.ts';
import type { Article } from '../../domain/article.ts';
import type { FailureNature } from '../../domain/failure.ts';
import type { TopicId } from '../../domain/ids.ts';
import type { Direction } from '../../domain/mailbox.ts';
import { Ballot } from './ballot.ts';
import { ownShares } from './own-words.ts';
import { DECOY, type Draft, draftsOf } from './pattern-draft.ts';
import { tellingWords } from './telling-words.ts';
import { TokenWindow } from './token-window.ts';
import { Vocabulary } from './vocabulary.ts';
import { wordWeights } from './word-weights.ts';

/** A template or decoy, compiled: one entry per word or slot in each of the parallel arrays. */
export interface Pattern {
  readonly topic: TopicId;
  readonly lang: string;
  /** A decoy looks like the topic's alert without being it. */
  readonly decoy: boolean;
  /** A wording of an article that does not answer: a decoy that a documented wording may share. */
  readonly later: boolean;
  /** The topic is one of the document's, which people ask about most. */
  readonly fromDocument: boolean;
  /** The code whose published message this is. */
  readonly code: string | null;
  /** Null for decoys and messages. */
  readonly nature: FailureNature | null;
  /** What the topic is when the text shows no tail that tells. */
  readonly usualNature: FailureNature;
  /** Words that no wording of the topic with the other nature has: the telling part of the tail. */
  readonly telling: ReadonlySet<number>;
  readonly directions: readonly Direction[];
  readonly length: number;
  /** Word ids; -1 is a slot. */
  readonly words: Int32Array;
  readonly slots: readonly (SlotName | null)[];
  /** 1 where a new sentence begins. */
  readonly sentenceStarts: Uint8Array;
  /** 1 where a slot stands at the end of its sentence. */
  readonly sentenceEnds: Uint8Array;
  readonly weights: Float64Array;
  /** A word that only one direction's wording has: its absence costs nothing. */
  readonly optional: Uint8Array;
  /** {@link SENDING} and {@link RECEIVING} bits of the alternatives that have this word. */
  readonly directionBits: Uint8Array;
  /** Weight of the words that must be there, summed up to each element; slots before each element. */
  readonly weightBefore: Float64Array;
  readonly slotsBefore: Int32Array;
  /** The part of each weight that is the topic's own, and its sum up to each element. */
  readonly own: Float64Array;
  readonly ownBefore: Float64Array;
  readonly totalWeight: number;
}

export interface PatternSet {
  readonly vocabulary: Vocabulary;
  readonly patterns: readonly Pattern[];
  readonly weightOf: Float64Array;
  readonly ballot: Ballot;
  readonly window: TokenWindow;
  /** {@link FILLER} and {@link COMES_AND_GOES}: words that wordings of one alert may lack; 0 for others. */
  readonly small: Uint8Array;
  readonly fillers: ReadonlySet<string>;
}

const FILLER = 1;
/** Tells nothing at all. */
export const COMES_AND_GOES = 2;
const OPTIONAL_WEIGHT = 0.12;
/** Beside the fillers: "the associated profile" is "the profile", "Microsoft Dynamics 365" is "Dynamics 365". */
const COMING_AND_GOING = new Set(['associated', 'associerade', 'den', 'microsoft']);

/** Compiles every wording of the articles; those of `undocumented` articles are decoys, all of them. */
export function compilePatterns(
  articles: readonly Article[],
  undocumented: readonly Article[],
  equivalents: readonly (readonly string[])[],
  fillers: ReadonlySet<string>,
): PatternSet {
  const vocabulary = new Vocabulary(equivalents);
  const drafts = [
    ...articles.flatMap((article) => draftsOf(article, vocabulary)),
    ...undocumented.flatMap((article) =>
      draftsOf(article, vocabulary).map((draft) => ({ ...draft, ...DECOY, later: true })),
    ),
  ];
  const weightOf = wordWeights(drafts, vocabulary);
  const telling = tellingWords(drafts);
  const shares = ownShares(drafts, vocabulary.size);
  const patterns = drafts.map((draft, index) =>
    patternOf(draft, telling[index] ?? new Set(), shares[index] ?? new Float64Array(), weightOf),
  );
  const ballot = new Ballot(patterns, postingsOf(patterns, vocabulary.size), weightOf);
  const window = new TokenWindow(vocabulary.size);
  const small = Uint8Array.from({ length: vocabulary.size }, (_, id) => {
    const word = vocabulary.wordOf(id);
    if (COMING_AND_GOING.has(word)) return COMES_AND_GOES;
    return fillers.has(word) ? FILLER : 0;
  });
  return { vocabulary, patterns, weightOf, ballot, window, small, fillers };
}

/** For every word, the patterns that have it. */
function postingsOf(patterns: readonly Pattern[], words: number): readonly Int32Array[] {
  const lists = Array.from({ length: words }, (): number[] => []);
  patterns.forEach((pattern, index) => {
    for (const word of new Set(pattern.words)) lists[word]?.push(index);
  });
  return lists.map((list) => Int32Array.from(list));
}

function patternOf(
  draft: Draft,
  telling: ReadonlySet<number>,
  shares: Float64Array,
  weightOf: Float64Array,
): Pattern {
  const { elements } = draft;
  const length = elements.length;
  const weights = Float64Array.from(elements, ({ word, optional }) =>
    word < 0 ? 0 : optional ? OPTIONAL_WEIGHT : (weightOf[word] ?? 0),
  );
  const weightBefore = new Float64Array(length + 1);
  const slotsBefore = new Int32Array(length + 1);
  const own = new Float64Array(length);
  const ownBefore = new Float64Array(length + 1);
  elements.forEach(({ word, optional }, index) => {
    const needed = word >= 0 && !optional ? (weights[index] ?? 0) : 0;
    weightBefore[index + 1] = (weightBefore[index] ?? 0) + needed;
    own[index] = needed * (shares[index] ?? 0);
    ownBefore[index + 1] = (ownBefore[index] ?? 0) + (own[index] ?? 0);
    slotsBefore[index + 1] = (slotsBefore[index] ?? 0) + (word < 0 ? 1 : 0);
  });
  return {
    topic: draft.article.id,
    lang: draft.lang,
    decoy: draft.decoy,
    later: draft.later,
    fromDocument: draft.article.catalogue === 'document',
    code: draft.code,
    nature: draft.nature,
    usualNature: draft.article.nature,
    telling,
    directions: draft.directions,
    length,
    words: Int32Array.from(elements, ({ word }) => word),
    slots: elements.map(({ slot }) => slot),
    sentenceStarts: Uint8Array.from(elements, ({ startsSentence }) => (startsSentence ? 1 : 0)),
    sentenceEnds: Uint8Array.from(elements, ({ endsSentence }) => (endsSentence ? 1 : 0)),
    weights,
    optional: Uint8Array.from(elements, ({ optional }) => (optional ? 1 : 0)),
    directionBits: Uint8Array.from(elements, ({ bits }) => bits),
    weightBefore,
    slotsBefore,
    own,
    ownBefore,
    totalWeight: weightBefore[length] ?? 0,
  };
}
