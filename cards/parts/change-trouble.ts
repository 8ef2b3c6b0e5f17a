import type { Translator } from '../../services/i18n/index.ts';
import type { CardElement } from '../card.ts';
import type { ChangeTrouble } from '../change-views.ts';
import { container, say, text } from '../elements.ts';

/** Why nothing was changed. */
export function troubleBox(trouble: ChangeTrouble, t: Translator): CardElement {
  const words =
    trouble.kind === 'unsupported'
      ? say(t, 'card.change.unsupported')
      : say(t, `card.change.${trouble.because}`);
  return container([text(words, { spacing: 'none' })], { style: 'warning', spacing: 'medium' });
}
