import { foldCharacter, GAP, IGNORED } from './fold-character.ts';

const LONGEST_SEARCHED = 64;

/** "kl. 9", "resp. postlåda": the full stop of an abbreviation. */
export function continuesInLowerCase(text: string, index: number): boolean {
  if (text.charCodeAt(index) !== 0x20) return false;
  const code = text.charCodeAt(index + 1);
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122);
}

const SHORTEST_BEFORE_CAPITAL = 6;

/** Optical readers and careless copying lose the space in "mailboxKim"; -1 where there is none. */
export function capitalAfterWord(text: string, from: number, to: number): number {
  let lower = 0;
  for (let index = from; index < to - 1 && index < from + LONGEST_SEARCHED; index++) {
    const code = text.charCodeAt(index);
    const capital = code >= 65 && code <= 90;
    // A capital I inside a word is a misread l.
    if (capital && code !== 73 && lower >= SHORTEST_BEFORE_CAPITAL) {
      const next = text.charCodeAt(index + 1);
      return next >= 97 && next <= 122 ? index : -1;
    }
    lower = code >= 97 && code <= 122 ? lower + 1 : 0;
  }
  return -1;
}

export function isLetter(text: string, index: number): boolean {
  if (index >= text.length) return false;
  const folded = foldCharacter(text.charCodeAt(index));
  return folded !== GAP && folded !== IGNORED && !(folded >= '0' && folded <= '9');
}

export function isSpace(code: number): boolean {
  return Number.isNaN(code) || code === 0x20 || code === 0x0a || code === 0x0d;
}

export function isWordCode(code: number): boolean {
  if (Number.isNaN(code)) return false;
  const folded = foldCharacter(code);
  return folded !== GAP && folded !== IGNORED;
}
