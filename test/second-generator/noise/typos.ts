import type { Dice } from '../dice.ts';
import { fromPieces } from '../pasted.ts';
import { mapWords } from '../piece.ts';

const ROWS = ['qwertyuiopå', 'asdfghjklöä', 'zxcvbnm,.'] as const;

/** Keys that a finger hits instead, on a Swedish keyboard. */
function neighbours(letter: string): readonly string[] {
  const row = ROWS.findIndex((keys) => keys.includes(letter));
  const keys = ROWS[row];
  if (keys === undefined) return [];
  const column = keys.indexOf(letter);
  const sideways = [keys[column - 1], keys[column + 1]];
  const above = ROWS[row - 1]?.[column + 1];
  const below = ROWS[row + 1]?.[column - 1];
  return [...sideways, above, below].filter(
    (key): key is string => key !== undefined && /\p{L}/u.test(key),
  );
}

function mistype(text: string, dice: Dice, share: number): string {
  const letters = Array.from(text);
  const typed: string[] = [];
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? '';
    if (!/\p{L}/u.test(letter) || !dice.chance(share)) {
      typed.push(letter);
      continue;
    }
    const slip = dice.next();
    const next = letters[at + 1];
    const near = neighbours(letter.toLowerCase());
    if (slip < 0.4 && near.length > 0) typed.push(dice.pick(near));
    else if (slip < 0.6 && next !== undefined) {
      typed.push(next, letter);
      at += 1;
    } else if (slip < 0.75) typed.push(letter, letter);
    else if (slip < 0.85 && near.length > 0) typed.push(letter, dice.pick(near));
    // Otherwise the letter is left out.
  }
  return typed.join('');
}

export const typosFew = fromPieces((pieces, dice) =>
  mapWords(pieces, (text) => mistype(text, dice, 0.02)),
);

export const typosMany = fromPieces((pieces, dice) =>
  mapWords(pieces, (text) => mistype(text, dice, 0.055)),
);
