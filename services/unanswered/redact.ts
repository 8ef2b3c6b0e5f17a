/** What a word is, as far as anybody can tell without knowing the people. */
export interface Redaction {
  /** A word of the product, of its articles or of ordinary speech: it names nobody. */
  readonly isKnownWord: (word: string) => boolean;
  /** Part of the name of a mailbox, a profile or a person. */
  readonly isName: (word: string) => boolean;
}

export const LONGEST_KEPT = 600;

const PATTERNS = [
  { name: 'url', source: String.raw`\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s<>"']+` },
  { name: 'address', source: String.raw`[^\s<>"'@,;:()]{1,64}@[^\s<>"'@,;:()]{1,255}` },
  { name: 'id', source: String.raw`\{?\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b\}?` },
  // An HRESULT names an error and nobody; it is what an article would be found by.
  { name: 'kept', source: String.raw`\b(?:0x)?80[0-9a-f]{6}\b|[-−]2147\d{6}\b` },
  { name: 'host', source: String.raw`\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b(?!\()` },
  { name: 'number', source: String.raw`\+?\d[\d .:/-]{2,}\d` },
  { name: 'word', source: String.raw`[\p{L}\p{N}_'’-]+` },
] as const;

/** One alternation of bounded parts: linear in the length of the text. */
const ANY = new RegExp(
  PATTERNS.map(({ name, source }) => `(?<${name}>${source})`).join('|'),
  'giu',
);

/** Words that are one name stay one: "<name> <name>" says no more than "<name>". */
const REPEATED = /<(name)>(?:[\s,.&+/]{1,3}(?:och|and|av|of|von|de)?\s?<\1>)+/gu;

/**
 * A text without what identifies anybody: addresses, hosts, ids, numbers, known names, and capitalised
 * words that no article uses. Rather too much is replaced than too little.
 */
export function redact(text: string, { isKnownWord, isName }: Redaction): string {
  const whole = text.slice(0, LONGEST_KEPT * 4).normalize('NFC');
  const redacted = whole.replace(ANY, (found, ...rest) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    if (groups['word'] !== undefined) return wordOf(found, isKnownWord, isName);
    if (groups['kept'] !== undefined) return found;
    const kind = PATTERNS.find(({ name }) => groups[name] !== undefined)?.name ?? 'name';
    return `<${kind}>`;
  });
  return redacted.replace(REPEATED, '<name>').replace(/\s+/gu, ' ').trim().slice(0, LONGEST_KEPT);
}

function wordOf(
  word: string,
  isKnownWord: Redaction['isKnownWord'],
  isName: Redaction['isName'],
): string {
  const folded = word.toLocaleLowerCase();
  if (isName(folded)) return '<name>';
  if (isKnownWord(folded)) return word;
  if (/\d{4,}/u.test(word)) return '<number>';
  return /\p{Lu}/u.test(word) || /\d/u.test(word) ? '<name>' : word;
}
