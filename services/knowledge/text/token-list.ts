/** What stands before a token. */
export const INSIDE = 0;
/** A quotation mark, colon, semicolon or the border of a table. */
export const PAUSE = 1;
export const SENTENCE = 2;
export const LINE = 3;
export const PARAGRAPH = 4;
/** An ellipsis: something was cut out here. */
export const CUT = 5;

/** A text as words: folded (lower case, no diacritics) and where each stood in the original. */
export interface Tokens {
  readonly words: readonly string[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly edges: Uint8Array;
  readonly length: number;
}

const LONGEST_WORD = 64;
const HYPHENS = new Set([0x2d, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014]);

/** Words as they are read, one after another. */
export class TokenList {
  private readonly text: string;
  private readonly words: string[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly edges: number[] = [];

  constructor(text: string) {
    this.text = text;
  }

  tokens(): Tokens {
    return {
      words: this.words,
      starts: Int32Array.from(this.starts),
      ends: Int32Array.from(this.ends),
      edges: Uint8Array.from(this.edges),
      length: this.words.length,
    };
  }

  add(word: string, start: number, end: number, edge: number): void {
    if (this.joinsEmail(word, start)) {
      const last = this.words.length - 1;
      this.words[last] = `e${word.replace('0', 'o')}`;
      this.ends[last] = end;
      return;
    }
    this.words.push(word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD) : word);
    this.starts.push(start);
    this.ends.push(end);
    this.edges.push(edge);
  }

  /** "e-post", "e‑post", "e post", "e-p0st" and "e-mail" are one word. */
  private joinsEmail(word: string, start: number): boolean {
    const last = this.words.length - 1;
    if (this.words[last] !== 'e') return false;
    const end = this.ends[last] ?? 0;
    const near = start - end <= 6;
    if (near && (word.startsWith('post') || word.startsWith('mail') || word.startsWith('p0st'))) {
      return true;
    }
    const hyphen = start - end === 1 && HYPHENS.has(this.text.charCodeAt(end));
    if (!hyphen) return false;
    // What a cut has left of it ("e-pos") and misspellings.
    if ('post'.startsWith(word) || 'mail'.startsWith(word)) return true;
    return word.length > 3 && (word.startsWith('p') || word.startsWith('m'));
  }
}
