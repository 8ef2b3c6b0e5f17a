/** Over this, only the beginning and the end of a text are read (design.md §5). */
const LONGEST_TEXT = 100 * 1024;

const HEAD = 64 * 1024;
const TAIL = LONGEST_TEXT - HEAD;

export interface Excerpt {
  readonly text: string;
  readonly partlyRead: boolean;
}

/** Head and tail of a long text; a gap between them keeps their sentences apart. */
export function excerptOf(text: string): Excerpt {
  if (text.length <= LONGEST_TEXT) return { text, partlyRead: false };
  const head = text.slice(0, HEAD);
  return { text: `${head}\n\n…\n\n${text.slice(-TAIL)}`, partlyRead: true };
}
