import type { Article } from '../../services/domain/article.ts';
import type { Piece } from './piece.ts';
import { alternativesOf, piecesOf } from './rendered-alert.ts';

const VALUE = '\uE000';

/** Spellings that differ between product generations and decide nothing. */
const EQUAL: readonly (readonly [RegExp, string])[] = [
  [/[’‘`´]/g, "'"],
  [/can't/g, 'cannot'],
  [/won't/g, 'will not'],
  [/n't/g, ' not'],
  [/microsoft 365/g, 'office 365'],
  [/microsoft dynamics 365/g, 'dynamics 365'],
  [/an office/g, 'a office'],
  [/licence/g, 'license'],
];

function wordsOf(pieces: readonly Piece[]): readonly string[] {
  const marked = pieces
    .map(({ text, slot }) => (slot === undefined ? text : ` ${VALUE} `))
    .join('');
  const spelled = EQUAL.reduce(
    (text, [pattern, plain]) => text.replace(pattern, plain),
    marked.toLowerCase(),
  );
  // Japanese and Chinese have no spaces: there each character counts as a word.
  return spelled.match(/[\uE000]|[\u3040-\u30ff\u4e00-\u9fff]|[\p{L}\p{N}]+/gu) ?? [];
}

/** Words that come and go between generations of one wording: they alone tell nothing apart. */
const WEAK = new Set(
  'a an the this that of for to in by associated related den det de en ett för till av i som att associerade'.split(
    ' ',
  ),
);

/** Every wording of every article, reduced to words and places of values. */
export interface WordingIndex {
  readonly wordings: readonly {
    readonly topic: string;
    readonly line: string;
    /** The line without weak words. */
    readonly strong: string;
  }[];
}

const asLine = (words: readonly string[]): string => ` ${words.join(' ')} `;

const isStrong = (word: string): boolean => !WEAK.has(word);

export function indexWordings(articles: readonly Article[]): WordingIndex {
  const wordings = articles.flatMap((article) =>
    article.templates.flatMap((template) =>
      Array.from({ length: alternativesOf(template) }, (_, alternative) => {
        const words = wordsOf(piecesOf(template.text, alternative, () => 'x'));
        const strong = asLine(words.filter(isStrong));
        return { topic: article.id, line: asLine(words), strong };
      }),
    ),
  );
  return { wordings };
}

/** Articles of which some wording is the whole of this. */
export function topicsOfWhole(index: WordingIndex, pieces: readonly Piece[]): readonly string[] {
  const line = asLine(wordsOf(pieces));
  return distinct(index.wordings.filter((wording) => wording.line === line));
}

/** How a text was cut: which outer ends went through something. */
export interface Torn {
  readonly first: boolean;
  readonly last: boolean;
}

/**
 * Articles of which some wording has these parts, in this order. Words that a cut may have gone
 * through are left out (`dropped`), or taken for the beginning or end of a word (`read`); `loose`
 * leaves weak words out too.
 */
export function topicsThatFit(
  index: WordingIndex,
  parts: readonly (readonly Piece[])[],
  torn: Torn,
  reading: 'dropped' | 'read' | 'loose',
): readonly string[] {
  const lines = parts.map((part, at) => {
    const words = [...wordsOf(part)];
    const tornHead = at > 0 || torn.first;
    const tornTail = at < parts.length - 1 || torn.last;
    if (reading === 'read') {
      return `${tornHead ? '' : ' '}${words.join(' ')}${tornTail ? '' : ' '}`;
    }
    const kept = words.slice(tornHead ? 1 : 0, tornTail ? -1 : undefined);
    return asLine(reading === 'loose' ? kept.filter(isStrong) : kept);
  });
  const holds = (line: string): boolean => {
    let from = 0;
    for (const part of lines) {
      const found = line.indexOf(part, from);
      if (found < 0) return false;
      from = found + Math.max(part.length - 1, 0);
    }
    return true;
  };
  return distinct(
    index.wordings.filter(({ line, strong }) => holds(reading === 'loose' ? strong : line)),
  );
}

const distinct = (found: readonly { readonly topic: string }[]): readonly string[] => [
  ...new Set(found.map(({ topic }) => topic)),
];

export const wordCount = (pieces: readonly Piece[]): number =>
  wordsOf(pieces).filter((word) => word !== VALUE).length;
