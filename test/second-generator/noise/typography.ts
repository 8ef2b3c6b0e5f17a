import { fromPieces } from '../pasted.ts';
import { mapAll, mapWords } from '../piece.ts';

/** What a word processor makes of it. Names keep their signs, so that they can be compared. */
export const wordProcessor = fromPieces((pieces, dice) => {
  const quotes = dice.pick([
    ['“', '”'],
    ['”', '”'],
    ['»', '«'],
    ['„', '“'],
  ]);
  return mapWords(pieces, (text) =>
    text
      .replace(/"/g, () => (dice.chance(0.5) ? (quotes[0] ?? '') : (quotes[1] ?? '')))
      .replace(/'/g, '’')
      .replace(/-/g, () => dice.pick(['‑', '–', '-']))
      .replace(/\. /g, '.\u2002')
      .replace(/ffi/g, 'ﬃ')
      .replace(/fi/g, 'ﬁ')
      .replace(/ /g, (space) => (dice.chance(0.1) ? '\u00a0' : space)),
  );
});

const UNSEEN = ['\u200b', '\u00ad', '\u2060', '\u200e', '\ufeff', '\u200d'] as const;

export const invisible = fromPieces((pieces, dice) =>
  mapWords(pieces, (text) =>
    Array.from(text)
      .map((char) => (dice.chance(0.06) ? char + dice.pick(UNSEEN) : char))
      .join(''),
  ),
);

export const decomposed = fromPieces(
  (pieces) => mapAll(pieces, (text) => text.normalize('NFD')),
  ({ lang }) => lang === 'sv',
);
