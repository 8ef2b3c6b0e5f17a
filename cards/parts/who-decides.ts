import type { Translator } from '../../services/i18n/index.ts';
import { say } from '../elements.ts';
import { type CardText, tidy } from '../text.ts';

const MOST_NAMES = 5;

/** Who may decide about an address, where the reader may not. */
export function whoDecidesText(names: readonly string[], t: Translator): CardText {
  if (names.length === 0) return say(t, 'card.who-decides.nobody');
  const shown = names.slice(0, MOST_NAMES).map((name) => tidy(name, 100));
  return say(t, 'card.who-decides', { names: t.list(shown) });
}
