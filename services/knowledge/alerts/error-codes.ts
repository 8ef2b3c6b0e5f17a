import type { Article } from '../../domain/article.ts';
import type { TopicId } from '../../domain/ids.ts';
import { scan, type Tokens } from '../text/scan.ts';

/** An Email Server Error Code in a text: tokens [from, to). */
export interface FoundCode {
  /** As each article that lists it spells it. */
  readonly spellings: ReadonlyMap<TopicId, string>;
  readonly from: number;
  readonly to: number;
}

interface KnownCode {
  /** All letters and digits in a row: whoever copies a code loses spaces, capitals and full stops. */
  readonly letters: string;
  readonly spellings: Map<TopicId, string>;
}

const PREFIX = 3;

/** The codes that articles list, by their first letters. */
export class ErrorCodes {
  private readonly byPrefix = new Map<string, KnownCode[]>();

  constructor(articles: readonly Article[]) {
    for (const article of articles) {
      for (const code of article.codes) {
        for (const spelling of [code.text, ...code.aliases])
          this.add(article.id, code.text, spelling);
        if (code.number !== undefined) this.add(article.id, code.text, code.number);
      }
    }
    for (const codes of this.byPrefix.values()) {
      codes.sort((a, b) => b.letters.length - a.letters.length);
    }
  }

  private add(topic: TopicId, code: string, spelling: string): void {
    const letters = scan(spelling).words.join('');
    const known = this.byPrefix.get(letters.slice(0, PREFIX)) ?? [];
    const same = known.find((other) => other.letters === letters);
    if (same) same.spellings.set(topic, code);
    else known.push({ letters, spellings: new Map([[topic, code]]) });
    this.byPrefix.set(letters.slice(0, PREFIX), known);
  }

  /** All codes in order of appearance; of two that begin alike, the longer. */
  find(tokens: Tokens): readonly FoundCode[] {
    const found: FoundCode[] = [];
    for (let from = 0; from < tokens.length; from++) {
      // "0x8005E272" and "8005E272" are the same number.
      const word = tokens.words[from] ?? '';
      const first = word.startsWith('0x') ? word.slice(2) : word;
      for (const { letters, spellings } of this.byPrefix.get(first.slice(0, PREFIX)) ?? []) {
        const to = endOf(letters, first, tokens, from);
        if (to < 0) continue;
        found.push({ spellings, from, to });
        from = to - 1;
        break;
      }
    }
    return found;
  }
}

/** The token behind the code, or -1 if the text says something else. */
function endOf(letters: string, first: string, tokens: Tokens, from: number): number {
  let read = first;
  let to = from + 1;
  while (read.length < letters.length && letters.startsWith(read) && to < tokens.length) {
    read += tokens.words[to] ?? '';
    to++;
  }
  return read === letters ? to : -1;
}
