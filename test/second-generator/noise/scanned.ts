import type { Dice } from '../dice.ts';
import { fromPieces } from '../pasted.ts';
import { mapWords } from '../piece.ts';

/** What a scanner reads instead; each in one direction. */
const CONFUSIONS: readonly (readonly [string, readonly string[]])[] = [
  ['rn', ['m']],
  ['m', ['rn', 'nn']],
  ['li', ['h', 'Ii']],
  ['cl', ['d']],
  ['ci', ['a']],
  ['l', ['I', '1', '|']],
  ['I', ['l', '1']],
  ['i', ['í', 'l']],
  ['o', ['0', 'c']],
  ['e', ['c', '€']],
  ['å', ['á', 'à', 'a']],
  ['ä', ['a', 'á', 'ii']],
  ['ö', ['o', '6', 'ó']],
  ['s', ['5']],
  ['t', ['f', '+']],
  ['h', ['b']],
  ['v', ['y']],
  ['.', [',', ' .']],
];

function misread(text: string, dice: Dice, share: number): string {
  let read = '';
  for (let at = 0; at < text.length; ) {
    const found = CONFUSIONS.find(([seen]) => text.startsWith(seen, at));
    if (found !== undefined && dice.chance(share)) {
      read += dice.pick(found[1]);
      at += found[0].length;
    } else {
      read += text[at] ?? '';
      at += 1;
    }
  }
  return read;
}

export const scanned = fromPieces((pieces, dice) =>
  mapWords(pieces, (text) => misread(text, dice, 0.05)),
);

/** A narrow scanned column: words are divided at the end of a line, now and then. */
export const scannedColumn = fromPieces((pieces, dice) =>
  mapWords(pieces, (text) =>
    misread(text, dice, 0.02).replace(
      / (\p{L}{3,})(\p{L}{4,})(?= )/gu,
      (word, head: string, rest: string) => {
        const turn = dice.next();
        if (turn < 0.08) return ` ${head}-\n${rest}`;
        return turn < 0.2 ? `\n${word.trimStart()}` : word;
      },
    ),
  ),
);
