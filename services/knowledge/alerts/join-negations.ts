import { INSIDE, LINE, type Tokens } from '../text/scan.ts';

const NOT = 'not';
/** "did not" is "didn't", and "can not" is "can't". */
const CONTRACTED: ReadonlyMap<string, string> = new Map([
  ['can', 'cant'],
  ...['did', 'does', 'do', 'has', 'have', 'had', 'is', 'are', 'was', 'were', 'could', 'would'].map(
    (verb) => [verb, `${verb}nt`] as const,
  ),
]);

/** One token for both, as in the other spelling: wordings differ in it from one product to the next. */
export function joinNegations(tokens: Tokens): Tokens {
  if (!tokens.words.includes(NOT)) return tokens;
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const edges: number[] = [];
  tokens.words.forEach((word, index) => {
    const end = tokens.ends[index] ?? 0;
    const edge = tokens.edges[index] ?? INSIDE;
    // A line may break between the two.
    const follows = edge === INSIDE || edge === LINE;
    const joined = word === NOT && follows ? CONTRACTED.get(words.at(-1) ?? '') : undefined;
    if (joined !== undefined) {
      words[words.length - 1] = joined;
      ends[ends.length - 1] = end;
      return;
    }
    words.push(word);
    starts.push(tokens.starts[index] ?? 0);
    ends.push(end);
    edges.push(edge);
  });
  return {
    words,
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    edges: Uint8Array.from(edges),
    length: words.length,
  };
}
