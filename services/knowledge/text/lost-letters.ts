/** What a word has in place of a letter that was lost on the way. */
export const LOST = '?';

const REPLACEMENT = 0xfffd;
const QUESTION_MARK = 0x3f;
const UNDERSCORE = 0x5f;
/** In one place it may be a question without a space behind it. */
const FEWEST = 2;
const SPACES = new Set([0x20, 0x0a, 0x0d, 0x22, 0x27, 0x3e]);

/** Finds where programs that know only ASCII have put another sign for each letter that they do not know. */
export class LostLetters {
  private readonly text: string;
  private readonly known = new Map<number, boolean>();

  constructor(text: string) {
    this.text = text;
  }

  /** The number of signs at `index` that stand for one lost letter, or 0. */
  at(index: number): number {
    const code = this.text.charCodeAt(index);
    if (code !== REPLACEMENT && code !== QUESTION_MARK && code !== UNDERSCORE) return 0;
    let length = 1;
    while (this.text.charCodeAt(index + length) === code && length < 2) length++;
    const next = this.text.charCodeAt(index + length);
    const before = this.text.charCodeAt(index - 1);
    const inside = isLatin(before) || before === code;
    const begins = index === 0 || SPACES.has(before);
    if (!(inside || begins) || !(isLatin(next) || next === code)) return 0;
    return code === REPLACEMENT || this.isUsual(code) ? length : 0;
  }

  /** Whether the sign stands inside several words of the text. */
  private isUsual(code: number): boolean {
    const known = this.known.get(code);
    if (known !== undefined) return known;
    const sign = code === QUESTION_MARK ? '\\?' : '_';
    const inWords = this.text.match(new RegExp(`[a-z]${sign}{1,2}[a-z]`, 'g'))?.length ?? 0;
    const usual = inWords >= FEWEST;
    this.known.set(code, usual);
    return usual;
  }
}

function isLatin(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

/** Whether the word may be this form with some letters lost. */
export function mayBe(word: string, form: string): boolean {
  if (word.length !== form.length) return false;
  for (let index = 0; index < word.length; index++) {
    if (word[index] !== form[index] && word[index] !== LOST) return false;
  }
  return true;
}
