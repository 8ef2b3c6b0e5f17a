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

/** One entry for each UTF-16 code unit, computed once: å, Å and Å (NFD) are all "a". */
function foldTable(): readonly string[] {
  const table = new Array<string>(0x3000);
  for (let code = 0; code < table.length; code++) table[code] = foldSlowly(code);
  return table;
}

const TABLE = foldTable();

/** Folded letters of a UTF-16 code unit, {@link IGNORED} or {@link GAP}. Surrogates are gaps. */
export function foldCharacter(code: number): string {
  return TABLE[code] ?? (code >= 0xd800 && code <= 0xdfff ? GAP : foldSlowly(code));
}
