import { LANGUAGES } from '../../domain/language.ts';
import { scan } from '../text/scan.ts';
import type { Lexicon } from './lexicon.ts';

/** Shorter texts are put in a capital and a full stop by people too. */
const FEWEST_WORDS = 6;
/** So long a sentence is a notice's without its full stop as well: it may have been cut off. */
const LONG = 10;
const CAPITAL_FIRST = /^[^\p{L}\p{N}]*\p{Lu}/u;
const FULL_STOP_LAST = /[.!]["”’)\]]*\s*$/u;

/**
 * Whether a text is put as products put their notices: whole sentences with a capital and a full
 * stop, and nobody in them who asks or complains. Such a text that is no documented alert is more
 * likely an undocumented one than a question.
 */
export class NoticeVoice {
  private readonly asking: ReadonlySet<string>;

  constructor({ asking }: Pick<Lexicon, 'asking'>) {
    this.asking = new Set(
      LANGUAGES.flatMap((lang) => asking[lang].flatMap((word) => scan(word).words)),
    );
  }

  hears(text: string, words: readonly string[]): boolean {
    if (words.length < FEWEST_WORDS || text.includes('?') || !CAPITAL_FIRST.test(text))
      return false;
    if (words.length < LONG && !FULL_STOP_LAST.test(text)) return false;
    return !words.some((word) => this.asking.has(word));
  }
}
