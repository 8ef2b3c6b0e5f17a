import { type Evidence, HINTS, type Hint } from '../../services/domain/failure.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { CardElement } from '../card.ts';
import { joined, say, text } from '../elements.ts';

/** What to try, as far as the reply told. A hint without a text in the locales does not compile. */
export function hintLines(evidence: readonly Evidence[], t: Translator): readonly CardElement[] {
  return hintsIn(evidence).map((hint) =>
    text(joined([say(t, 'card.hint'), say(t, `card.hint.${hint}`)], ' '), {
      size: 'small',
      spacing: 'small',
    }),
  );
}

/** An id that a newer version of the bot wrote is no advice. */
function hintsIn(evidence: readonly Evidence[]): readonly Hint[] {
  const values = new Set(
    evidence.filter(({ label }) => label === 'hint').map(({ value }) => value),
  );
  return HINTS.filter((hint) => values.has(hint));
}
