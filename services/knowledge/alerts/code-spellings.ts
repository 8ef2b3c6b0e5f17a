import type { ArticleCode } from '../../domain/article.ts';
import { scan } from '../text/scan.ts';

/**
 * How a spelling is told from ordinary text. A `number` and a `name` (`UnapprovedMailbox`) are
 * unmistakable, and so is a `sentence`; `plain` is a word of everyday language (`Duplicate`).
 */
export type CodeShape = 'number' | 'name' | 'sentence' | 'plain';

/** One way in which a code is written. */
export interface CodeSpelling {
  readonly shape: CodeShape;
  /** All letters and digits in a row: whoever copies a code loses spaces, capitals and full stops. */
  readonly letters: string;
  readonly first: string;
  readonly text: string;
}

const HEXADECIMAL = /^(?:0x)?([89a-f][0-9a-f]{7})$/;
const DECIMAL = /^[0-9]{9,10}$/;
const TWO_TO_THE_32ND = 2 ** 32;
const TWO_TO_THE_31ST = 2 ** 31;
const FEWEST_WORDS = 3;

/** Every way in which the code may stand in a text, its number as hexadecimal and as decimal. */
export function spellingsOf(code: ArticleCode): readonly CodeSpelling[] {
  const spellings: CodeSpelling[] = [];
  for (const text of [code.text, ...code.aliases]) {
    const { words } = scan(text);
    const letters = words.join('');
    const hexadecimal = words.length === 1 ? hexadecimalOf(letters) : null;
    if (hexadecimal !== null) spellings.push(...numberSpellings(hexadecimal));
    else if (letters !== '') {
      spellings.push({ shape: shapeOf(text, words), letters, first: words[0] ?? '', text });
    }
  }
  if (code.number !== undefined) spellings.push(...numberSpellings(code.number.toLowerCase()));
  return spellings;
}

/** Numbers that a longer spelling holds: `Crm.80042f09.UserNotAssignedRoles`. */
export function numbersWithin(code: ArticleCode): readonly CodeSpelling[] {
  return [code.text, ...code.aliases].flatMap((text) => {
    const { words } = scan(text);
    if (words.length === 1) return [];
    return words.flatMap((word) => {
      const hexadecimal = hexadecimalOf(word);
      return hexadecimal === null ? [] : numberSpellings(hexadecimal);
    });
  });
}

/** Eight hexadecimal digits of an HRESULT however it is written; null for any other word. */
function hexadecimalOf(word: string): string | null {
  const hexadecimal = HEXADECIMAL.exec(word)?.[1];
  if (hexadecimal !== undefined) return hexadecimal;
  if (!DECIMAL.test(word)) return null;
  const value = Number(word);
  // Signed numbers lose their sign when they are read as words; failures are negative.
  if (value > TWO_TO_THE_32ND) return null;
  const unsigned = value > TWO_TO_THE_31ST ? value : TWO_TO_THE_32ND - value;
  return unsigned.toString(16);
}

function numberSpellings(hexadecimal: string): readonly CodeSpelling[] {
  const unsigned = Number.parseInt(hexadecimal, 16);
  const forms = [hexadecimal, String(unsigned), String(TWO_TO_THE_32ND - unsigned)];
  return forms.map((letters) => ({ shape: 'number', letters, first: letters, text: letters }));
}

function shapeOf(text: string, words: readonly string[]): CodeShape {
  if (/\s/.test(text.trim())) {
    const marked = /[0-9]|[a-z][A-Z]/.test(text);
    return words.length >= FEWEST_WORDS || marked ? 'sentence' : 'plain';
  }
  return /[0-9.:_]|[a-z][A-Z]|[A-Z]{2}[a-z]/.test(text.replace(/\.$/, '')) ? 'name' : 'plain';
}
