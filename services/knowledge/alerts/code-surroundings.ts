import { LINE, type Tokens } from '../text/scan.ts';

/** Words in front of a code that say that one follows, as they are folded. */
const LABELS = new Set([
  'code',
  'errorcode',
  'felkod',
  'felkoden',
  'fehlercode',
  'serverfehlercode',
  'hresult',
  'lastsyncerror',
]);
/** Words that do so only directly in front of it. */
const NEAR_LABELS = new Set(['error', 'fel', 'kod', 'status', 'exception']);
const LABEL_DISTANCE = 3;
const WORDS_AROUND = 3;
const SHORTEST_TOGETHER = 24;

/** "Email Server Error Code: …", "felkod …", `"errorcode":"…"`. */
export function labelBefore(tokens: Tokens, from: number, distance = LABEL_DISTANCE): boolean {
  for (let token = from - 1; token >= 0 && token >= from - distance; token--) {
    const word = tokens.words[token] ?? '';
    if (LABELS.has(word) || (token === from - 1 && distance > 1 && NEAR_LABELS.has(word))) {
      return true;
    }
    if ((tokens.edges[token] ?? LINE) > LINE) return false;
  }
  return false;
}

/** The whole text is the code, with at most a word or two that name it. */
export function standsAlone(tokens: Tokens, from: number, to: number): boolean {
  const around = tokens.length - (to - from);
  return around === 0 || (around <= WORDS_AROUND && labelBefore(tokens, from));
}

/** A name has no spaces: "invalid sender" are two words, `InvalidSender` is a code. */
export function standsTogether(tokens: Tokens, from: number, to: number, source: string): boolean {
  const start = tokens.starts[from] ?? 0;
  const end = tokens.ends[to - 1] ?? start;
  if (end - start >= SHORTEST_TOGETHER) return true;
  for (let index = start; index < end; index++) if (isSpace(source.charCodeAt(index))) return false;
  return true;
}

/** The first eight digits of "8005e220-1c2d-4e5f-…" are chance. */
export function standsInGuid(tokens: Tokens, token: number, source: string): boolean {
  const end = tokens.ends[token] ?? 0;
  const next = token + 1;
  return (
    source[end] === '-' &&
    tokens.starts[next] === end + 1 &&
    tokens.ends[next] === end + 5 &&
    source[end + 5] === '-'
  );
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0xa0 || code === 0x0a || code === 0x0d || code === 0x09;
}
