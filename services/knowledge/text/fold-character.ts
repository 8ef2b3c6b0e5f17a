/** What one character means to a reader of words: letters, nothing at all, or a gap. */
export const IGNORED = '';
export const GAP = ' ';

const LATIN_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  æ: 'a',
  œ: 'o',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

function foldSlowly(code: number): string {
  if (isInvisible(code)) return IGNORED;
  const character = String.fromCharCode(code);
  const letters = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (!/^[\p{L}\p{N}]+$/u.test(letters)) return GAP;
  return LATIN_LETTERS[letters] ?? letters;
}

/** Soft hyphen, combining marks, zero-width and bidirectional controls, variation selectors. */
function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    (code >= 0x300 && code <= 0x36f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff
  );
}

/** One entry for each UTF-16 code unit, computed when it is first met: å, Å and Å (NFD) are all "a". */
const TABLE = new Array<string | undefined>(0x10000);

/** Folded letters of a UTF-16 code unit, {@link IGNORED} or {@link GAP}. Surrogates are gaps. */
export function foldCharacter(code: number): string {
  const known = TABLE[code];
  if (known !== undefined) return known;
  const folded = code >= 0xd800 && code <= 0xdfff ? GAP : foldSlowly(code);
  TABLE[code] = folded;
  return folded;
}

/** Chinese, Japanese and their like are written without spaces: each character is a word. */
export function isWordByItself(code: number): boolean {
  return (
    (code >= 0x3041 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xf900 && code <= 0xfaff)
  );
}
