/** What a word is, as far as anybody can tell without knowing the people. */
export interface Redaction {
  /** A word of the product, of its articles or of ordinary speech: it names nobody. */
  readonly isKnownWord: (word: string) => boolean;
  /** Part of the name of a mailbox, a profile or a person. */
  readonly isName: (word: string) => boolean;
}

export const LONGEST_KEPT = 600;

const PATTERNS = [
  {
    name: 'quoted',
    source: String.raw`"[^"\n]{1,200}"|[“”„][^“”\n]{1,200}[“”]|[«»][^«»\n]{1,200}[«»]`,
  },
  { name: 'url', source: String.raw`\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s<>"']+` },
  {
    name: 'address',
    source: String.raw`[^\s<>"'@,;:()][^\s<>"@,;:()]{0,254}(?:@|\s@\s|\s?[([]at[)\]]\s?)[^\s<>"'@,;:()]{1,255}`,
  },
  // What a name stands behind: @somebody, DOMAIN\somebody, /home/somebody.
  {
    name: 'account',
    source: String.raw`@[\p{L}\p{N}._-]+|[^\s\\"<>]*\\[^\s"<>]+|(?<![^\s("'])\/[^\s/"<>]+\/[^\s"<>]+`,
  },
  { name: 'id', source: String.raw`\{?\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b\}?` },
  // An HRESULT names an error and nobody; it is what an article would be found by.
  {
    name: 'kept',
    source: String.raw`\b(?:0x80[0-9a-f]{6}|80(?:0[4-7a-f]|[4-7a-f][0-9a-f])[0-9a-f]{4})\b|[-−]2147\d{6}\b`,
  },
  {
    name: 'host',
    source: String.raw`(?<![\p{L}\p{N}])(?:[\p{L}\p{N}_-]{1,63}\.){1,8}[\p{L}]{2,24}(?![\p{L}\p{N}(])(?:[:/][^\s<>"']*)?`,
  },
  { name: 'number', source: String.raw`\+?\d[\d .:/-]{2,}\d` },
  { name: 'word', source: String.raw`[\p{L}\p{M}\p{N}_'’-]+` },
] as const;

/** One alternation of bounded parts: linear in the length of the text. */
const ANY = new RegExp(
  PATTERNS.map(({ name, source }) => `(?<${name}>${source})`).join('|'),
  'giu',
);

/** Words that are one name stay one: "<name> <name>" says no more than "<name>". */
const REPEATED = /<(name)>(?:[\s,.&+/]{1,3}(?:och|and|av|of|von|de)?\s?<\1>)+/gu;

/** `Password: summer`: what stands behind a label is a value, unless it is a sentence. */
const LABELLED = /(?<=\p{L}(?::| =) {1,3})[^\n;:=<>]{1,60}(?=[\n;]|$)/gu;
const MOST_WORDS_OF_VALUE = 4;
/** A pasted alert in quotes is longer than a subject, or the name of something. */
const MOST_WORDS_IN_QUOTES = 12;
/** "Hans <name>": a word that is also a name, beside one, but not at the start of a sentence. */
const BESIDE = /(?<=[\p{L}\p{N},>] )\p{Lu}\p{Ll}+ <name>|<name> \p{Lu}\p{Ll}+/gu;
/** Words of a value that are not part of an address, a host or a code. */
const LETTERS = /(?<![^\s,.;(])[\p{L}\p{M}'’-]+(?![^\s,.;)])/gu;
const WORD = /[\p{L}\p{M}\p{N}_'’-]+/gu;

/**
 * A text without what identifies anybody: addresses, hosts, accounts, ids, numbers, known names,
 * capitalised words that no article uses, and values behind labels and in quotes. Rather too much is
 * replaced than too little.
 */
export function redact(text: string, { isKnownWord, isName }: Redaction): string {
  const unknown = (word: string): boolean =>
    isName(word.toLocaleLowerCase()) || !isKnownWord(word.toLocaleLowerCase());
  const replaced = (part: string): string =>
    part.replace(ANY, (found, ...rest) => {
      const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      if (groups['word'] !== undefined) return wordOf(found, isKnownWord, isName);
      if (groups['kept'] !== undefined) return found;
      if (groups['quoted'] !== undefined) {
        const words = found.match(WORD) ?? [];
        if (words.length <= MOST_WORDS_IN_QUOTES && words.some(unknown)) return '<quoted>';
        return `${found.slice(0, 1)}${replaced(found.slice(1, -1))}${found.slice(-1)}`;
      }
      const kind = PATTERNS.find(({ name }) => groups[name] !== undefined)?.name ?? 'name';
      return `<${kind}>`;
    });
  const whole = text
    .slice(0, LONGEST_KEPT * 4)
    .normalize('NFKC')
    // Invisible marks would cut a name in two that nobody knows.
    .replace(/\p{Cf}/gu, '');
  const unlabelled = whole.replace(LABELLED, (value) =>
    (value.match(WORD) ?? []).length > MOST_WORDS_OF_VALUE
      ? value
      : value.replace(LETTERS, (word) => (unknown(word) ? '<name>' : word)),
  );
  return replaced(unlabelled)
    .replace(BESIDE, '<name>')
    .replace(REPEATED, '<name>')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, LONGEST_KEPT);
}

function wordOf(
  word: string,
  isKnownWord: Redaction['isKnownWord'],
  isName: Redaction['isName'],
): string {
  const folded = word.toLocaleLowerCase();
  if ([folded, ...partsOf(folded)].some(isName)) return '<name>';
  if (isKnownWord(folded)) return word;
  if (/\p{N}{4,}/u.test(word)) return '<number>';
  // Scripts without capitals do not show what is a name.
  return /[\p{Lu}\p{Lt}\p{Lo}\p{N}_]/u.test(word) ? '<name>' : word;
}

/** What a name may be hidden in: "anna-karin", "lundins", "erik's". */
export function partsOf(word: string): readonly string[] {
  const parts = [word, ...word.split(/[-_'’]/u)].filter((part) => part.length > 1);
  return [
    ...parts,
    ...parts.filter((part) => /[^s]s$/u.test(part)).map((part) => part.slice(0, -1)),
  ];
}
