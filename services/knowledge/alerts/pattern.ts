import type { SlotName } from '../../domain/alert.ts';
import type { Article } from '../../domain/article.ts';
import type { FailureNature } from '../../domain/failure.ts';
import type { TopicId } from '../../domain/ids.ts';
import type { Direction } from '../../domain/mailbox.ts';
import { SENTENCE, scan } from '../text/scan.ts';
import { segmentsOf, type TemplateSegment } from './template-segments.ts';
import { Vocabulary } from './vocabulary.ts';

export const SENDING = 1;
export const RECEIVING = 2;

/** A template or decoy, compiled: one entry per word or slot in each of the parallel arrays. */
export interface Pattern {
  readonly topic: TopicId;
  readonly lang: string;
  /** A decoy looks like the topic's alert without being it. */
  readonly decoy: boolean;
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
  readonly positions: ReadonlyMap<number, readonly number[]>;
  readonly totalWeight: number;
}

export interface PatternSet {
  readonly vocabulary: Vocabulary;
  readonly patterns: readonly Pattern[];
  readonly weightOf: Float64Array;
  /** For every word, the patterns that have it. */
  readonly postings: readonly (readonly number[])[];
}

interface Element {
  readonly word: number;
  readonly slot: SlotName | null;
  readonly startsSentence: boolean;
  readonly endsSentence: boolean;
  readonly optional: boolean;
  readonly bits: number;
}

const ELEMENT: Element = {
  word: -1,
  slot: null,
  startsSentence: false,
  endsSentence: false,
  optional: false,
  bits: 0,
};

interface Draft {
  readonly article: Article;
  readonly lang: string;
  readonly decoy: boolean;
  readonly code: string | null;
  readonly nature: FailureNature | null;
  readonly directions: readonly Direction[];
  readonly elements: readonly Element[];
}

const OPTIONAL_WEIGHT = 0.12;
const LEAST_WEIGHT = 0.12;

/** Compiles every wording of the articles; those of `undocumented` articles are decoys, all of them. */
export function compilePatterns(
  articles: readonly Article[],
  undocumented: readonly Article[],
  equivalents: readonly (readonly string[])[],
): PatternSet {
  const vocabulary = new Vocabulary(equivalents);
  const drafts = [
    ...articles.flatMap((article) => draftsOf(article, vocabulary)),
    ...undocumented.flatMap((article) =>
      draftsOf(article, vocabulary).map((draft) => ({ ...draft, ...DECOY })),
    ),
  ];
  const weightOf = wordWeights(drafts, vocabulary);
  const patterns = drafts.map((draft) => patternOf(draft, drafts, weightOf));
  const postings = Array.from({ length: vocabulary.size }, (): number[] => []);
  patterns.forEach((pattern, index) => {
    for (const word of pattern.positions.keys()) postings[word]?.push(index);
  });
  return { vocabulary, patterns, weightOf, postings };
}

const DECOY = { decoy: true, code: null, nature: null, directions: [] } as const;
/** The error reference publishes its messages in English. */
const MESSAGE_LANG = 'en';

function draftsOf(article: Article, vocabulary: Vocabulary): readonly Draft[] {
  const templates = article.templates.map(
    (template): Draft => ({
      article,
      lang: template.lang,
      decoy: false,
      code: null,
      nature: template.generation === 3 ? 'transient' : 'permanent',
      directions: template.directions,
      elements: elementsOf(template.text, vocabulary),
    }),
  );
  const decoys = article.decoys.map(
    (decoy): Draft => ({
      article,
      lang: decoy.lang,
      ...DECOY,
      elements: elementsOf(decoy.text, vocabulary),
    }),
  );
  const messages = article.codes.flatMap(({ text, message }): readonly Draft[] => {
    if (message === undefined) return [];
    const elements = elementsOf(message, vocabulary);
    return [{ ...DECOY, article, lang: MESSAGE_LANG, decoy: false, code: text, elements }];
  });
  return [...templates, ...messages, ...decoys];
}

function elementsOf(text: string, vocabulary: Vocabulary): readonly Element[] {
  const segments = segmentsOf(text);
  return segments.flatMap((segment, index): readonly Element[] => {
    if (segment.kind === 'slot') {
      const endsSentence = closesSentence(segments[index + 1]);
      return [{ ...ELEMENT, slot: segment.slot, endsSentence }];
    }
    if (segment.kind === 'words') return wordElements(segment.text, vocabulary);
    return choiceElements(segment.send, segment.receive, segment.both, vocabulary);
  });
}

function wordElements(text: string, vocabulary: Vocabulary): readonly Element[] {
  // The stand-in for what precedes: the first token of any text begins a paragraph.
  const tokens = scan(`x ${text}`);
  return tokens.words.slice(1).map((word, index) => ({
    ...ELEMENT,
    word: vocabulary.add(word),
    startsSentence: tokens.edges[index + 1] === SENTENCE,
  }));
}

/** The full stop may stand behind a closing quotation mark. */
function closesSentence(next: TemplateSegment | undefined): boolean {
  if (next === undefined) return true;
  return next.kind === 'words' && (next.text.startsWith('.') || next.text.startsWith('".'));
}

/** All words of all alternatives in a row; a bit tells whose they are. */
function choiceElements(
  send: string,
  receive: string,
  both: string | null,
  vocabulary: Vocabulary,
): readonly Element[] {
  const sending = scan(send).words;
  const receiving = scan(receive).words;
  const row = both === null ? [...sending, ...receiving] : [...scan(both).words];
  for (const word of [...sending, ...receiving]) if (!row.includes(word)) row.push(word);
  return row.map((word) => ({
    ...ELEMENT,
    word: vocabulary.add(word),
    optional: true,
    bits: (sending.includes(word) ? SENDING : 0) | (receiving.includes(word) ? RECEIVING : 0),
  }));
}

/**
 * A word that every alert has says little; one that only one alert has says nearly all. Counted over
 * topics, not over templates, so that an alert with many wordings does not make its own words cheap.
 */
function wordWeights(drafts: readonly Draft[], vocabulary: Vocabulary): Float64Array {
  const groups = new Map<string, Set<number>>();
  for (const draft of drafts) {
    const key = `${draft.lang} ${draft.article.id} ${draft.decoy ? 'decoy' : ''}`;
    const words = groups.get(key) ?? new Set<number>();
    for (const element of draft.elements) if (element.word >= 0) words.add(element.word);
    groups.set(key, words);
  }
  const frequency = new Float64Array(vocabulary.size);
  for (const words of groups.values()) {
    for (const word of words) frequency[word] = (frequency[word] ?? 0) + 1;
  }
  const rarest = inverseFrequency(1, groups.size);
  return frequency.map((count, word) => {
    const share = inverseFrequency(count, groups.size) / rarest;
    const short = vocabulary.wordOf(word).length <= 2 ? 0.5 : 1;
    return LEAST_WEIGHT + (1 - LEAST_WEIGHT) * share * share * short;
  });
}

function inverseFrequency(count: number, groups: number): number {
  return Math.log(1 + (groups - count + 0.5) / (count + 0.5));
}

/** With no wording of the other nature, every word tells. */
function tellingWords(draft: Draft, drafts: readonly Draft[]): ReadonlySet<number> {
  const telling = new Set(draft.elements.map(({ word }) => word));
  for (const other of drafts) {
    const contrary =
      other.article === draft.article &&
      other.lang === draft.lang &&
      !other.decoy &&
      other.nature !== draft.nature;
    if (contrary) for (const { word } of other.elements) telling.delete(word);
  }
  return telling;
}

function patternOf(draft: Draft, drafts: readonly Draft[], weightOf: Float64Array): Pattern {
  const { elements } = draft;
  const length = elements.length;
  const weights = Float64Array.from(elements, ({ word, optional }) =>
    word < 0 ? 0 : optional ? OPTIONAL_WEIGHT : (weightOf[word] ?? 0),
  );
  const weightBefore = new Float64Array(length + 1);
  const slotsBefore = new Int32Array(length + 1);
  const positions = new Map<number, number[]>();
  elements.forEach(({ word, optional }, index) => {
    const needed = word >= 0 && !optional ? (weights[index] ?? 0) : 0;
    weightBefore[index + 1] = (weightBefore[index] ?? 0) + needed;
    slotsBefore[index + 1] = (slotsBefore[index] ?? 0) + (word < 0 ? 1 : 0);
    if (word < 0) return;
    const found = positions.get(word);
    if (found) found.push(index);
    else positions.set(word, [index]);
  });
  return {
    topic: draft.article.id,
    lang: draft.lang,
    decoy: draft.decoy,
    code: draft.code,
    nature: draft.nature,
    usualNature: draft.article.nature,
    telling: tellingWords(draft, drafts),
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
    positions,
    totalWeight: weightBefore[length] ?? 0,
  };
}
