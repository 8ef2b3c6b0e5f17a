import type { Translator } from '../../services/i18n/index.ts';
import type { CardElement } from '../card.ts';
import { container, joined, say, small, text } from '../elements.ts';
import type { OrganizerView } from '../item-views.ts';
import { plain } from '../text.ts';

/** Forms that a line names; the rest is in the number. */
const NAMED = 5;

/** What Dynamics 365 has now: the alert may be older than the change that put it right. */
export function organizerLine(view: OrganizerView | null, t: Translator): CardElement | null {
  if (view === null || view.forms === 0) return null;
  const { forms, without, names } = view;
  if (without === 0) {
    return container([text(say(t, 'card.organizer.on-all', { forms }), { spacing: 'none' })], {
      style: 'good',
      spacing: 'medium',
    });
  }
  const named = names.slice(0, NAMED).map((name) => plain(name, 60));
  return container(
    [
      text(say(t, 'card.organizer.missing', { forms, without }), { spacing: 'none' }),
      named.length === 0 ? null : small(joined(named, ', ')),
    ],
    { style: 'attention', spacing: 'medium' },
  );
}
