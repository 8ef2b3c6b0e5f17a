import type { SlotName } from '../../domain/alert.ts';
import type { Article } from '../../domain/article.ts';
import type { FailureNature } from '../../domain/failure.ts';
import type { Direction } from '../../domain/mailbox.ts';
import { SENTENCE, scan } from '../text/scan.ts';
import { joinNegations } from './join-negations.ts';
import { segmentsOf, type TemplateSegment } from './template-segments.ts';
import type { Vocabulary } from './vocabulary.ts';

export const SENDING = 1;
export const RECEIVING = 2;

/** One word or slot of a wording. */
export interface Element {
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

/** A wording as elements, not yet weighed against the others. */
export interface Draft {
  readonly article: Article;
  readonly lang: string;
  readonly decoy: boolean;
  readonly later: boolean;
  readonly code: string | null;
  readonly nature: FailureNature | null;
  readonly directions: readonly Direction[];
  readonly elements: readonly Element[];
}

/** What a decoy lacks. */
export const DECOY = {
  decoy: true,
  later: false,
  code: null,
  nature: null,
  directions: [],
} as const;
/** The error reference publishes its messages in English. */
const MESSAGE_LANG = 'en';

/** The templates, messages of codes and decoys of an article. */
export function draftsOf(article: Article, vocabulary: Vocabulary): readonly Draft[] {
  const templates = article.templates.map(
    (template): Draft => ({
      article,
      lang: template.lang,
      decoy: false,
      later: false,
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
  const tokens = joinNegations(scan(`x ${text}`));
  return tokens.words.slice(1).map((word, index) => ({
    ...ELEMENT,
    word: vocabulary.add(word),
    startsSentence: tokens.edges[index + 1] === SENTENCE,
  }));
}

const CLOSES_SENTENCE = /^[\s"”“»'」]*[.。]/;

/** The full stop may stand behind a closing quotation mark. */
function closesSentence(next: TemplateSegment | undefined): boolean {
  if (next === undefined) return true;
  return next.kind === 'words' && CLOSES_SENTENCE.test(next.text);
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
