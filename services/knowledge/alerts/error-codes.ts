import type { Article } from '../../domain/article.ts';
import type { TopicId } from '../../domain/ids.ts';
import { scan, type Tokens } from '../text/scan.ts';

/** An Email Server Error Code in a text. */
export interface FoundCode {
  readonly topics: readonly TopicId[];
  /** As the first article that lists it spells it. */
  readonly code: string;
  readonly from: number;
  readonly to: number;
}

interface KnownCode {
  readonly words: readonly string[];
  readonly spellings: Map<TopicId, string>;
}

/** The codes that articles list, by their first word. */
export class ErrorCodes {
  private readonly byFirstWord = new Map<string, KnownCode[]>();

  constructor(articles: readonly Article[]) {
    for (const article of articles) {
      for (const code of article.codes) this.add(article.id, code);
    }
  }

  private add(topic: TopicId, code: string): void {
    const { words } = scan(code);
    const [first] = words;
    if (first === undefined) return;
    const known = this.byFirstWord.get(first) ?? [];
    const same = known.find((other) => other.words.join(' ') === words.join(' '));
    if (same) same.spellings.set(topic, code);
    else known.push({ words, spellings: new Map([[topic, code]]) });
    known.sort((a, b) => b.words.length - a.words.length);
    this.byFirstWord.set(first, known);
  }

  /** All codes in order of appearance; of two that begin alike, the longer. */
  find(tokens: Tokens): readonly FoundCode[] {
    const found: FoundCode[] = [];
    for (let from = 0; from < tokens.length; from++) {
      // "0x8005E272" and "8005E272" are the same number.
      const word = tokens.words[from] ?? '';
      const first = word.startsWith('0x') ? word.slice(2) : word;
      for (const known of this.byFirstWord.get(first) ?? []) {
        const matches = known.words.every(
          (expected, index) => index === 0 || tokens.words[from + index] === expected,
        );
        if (!matches) continue;
        const topics = [...known.spellings.keys()];
        const [spelling = ''] = known.spellings.values();
        found.push({ topics, code: spelling, from, to: from + known.words.length });
        from += known.words.length - 1;
        break;
      }
    }
    return found;
  }

  /** As this article spells it, or null where it does not list the code. */
  spellingOf(found: FoundCode, topic: TopicId): string | null {
    const key = scan(found.code).words;
    for (const known of this.byFirstWord.get(key[0] ?? '') ?? []) {
      if (known.words.join(' ') === key.join(' ')) return known.spellings.get(topic) ?? null;
    }
    return null;
  }
}
