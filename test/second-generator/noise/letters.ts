import { fromPieces } from '../pasted.ts';
import { mapAll, mapWords } from '../piece.ts';

export const shouted = fromPieces((pieces, _dice, alert) =>
  mapAll(pieces, (text) => text.toLocaleUpperCase(alert.lang)),
);

export const lowered = fromPieces((pieces, _dice, alert) =>
  mapAll(pieces, (text) => text.toLocaleLowerCase(alert.lang)),
);

/** Names keep their letters: the same name twice would else be two names. */
export const randomCase = fromPieces((pieces, dice) =>
  mapWords(pieces, (text) =>
    Array.from(text)
      .map((char) => (dice.chance(0.3) ? char.toUpperCase() : char))
      .join(''),
  ),
);

/** Typed on a keyboard without the letters, or put through a system that drops them. */
export const withoutDiacritics = fromPieces(
  (pieces) => mapAll(pieces, (text) => text.normalize('NFD').replace(/\p{Mn}/gu, '')),
  ({ lang }) => lang === 'sv',
);

/** "aa", "ae", "oe", as on old terminals. */
export const spelledOut = fromPieces(
  (pieces) =>
    pieces.map((piece) =>
      piece.slot !== undefined
        ? piece
        : {
            text: piece.text
              .replace(/å/g, 'aa')
              .replace(/ä/g, 'ae')
              .replace(/ö/g, 'oe')
              .replace(/Å/g, 'Aa')
              .replace(/Ä/g, 'Ae')
              .replace(/Ö/g, 'Oe'),
          },
    ),
  ({ lang }) => lang === 'sv',
);
