import type { CardAction, CardElement, ExecuteAction } from '../card.ts';
import { buttons, container, type Elements, MOST_ACTIONS, text } from '../elements.ts';
import { plain } from '../text.ts';

/** What leads elsewhere without doing anything, where the six buttons are others'. */
export function actionRow(action: ExecuteAction): CardElement {
  return container([text(plain(action.title), { color: 'accent', spacing: 'none' })], {
    style: 'emphasis',
    spacing: 'small',
    selectAction: action,
  });
}

/** `doing` are always buttons, most important first; `leading` are as many as find room, the others rows. */
export function buttonsAndRows(
  doing: readonly (CardAction | null)[],
  leading: readonly (ExecuteAction | null)[],
): Elements {
  const first = doing.filter((action) => action !== null);
  const others = leading.filter((action) => action !== null);
  const room = Math.max(0, MOST_ACTIONS - first.length);
  return [...others.slice(room).map(actionRow), buttons([...first, ...others.slice(0, room)])];
}
