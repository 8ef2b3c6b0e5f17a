import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { bold, buttons, container, say, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { pressKeyOf } from './parts/mailbox-buttons.ts';
import { insecureLine } from './parts/mailbox-state.ts';
import type { WaitingCancelView } from './waiting-views.ts';

/** Asked a second time, since nothing brings a cancelled message back. */
export function waitingCancelCard(view: WaitingCancelView, t: Translator): AdaptiveCard {
  const { mailbox, day, before, count } = view;
  const mailboxId = mailbox.mailbox.id;
  const heading = { mailbox: mailbox.mailbox.name, count };
  const pressKey = pressKeyOf(mailbox, 'cancel-waiting');
  return fitCard(() =>
    compose(t, {
      summary: t('card.cancel.title', heading),
      body: [
        title(say(t, 'card.cancel.title', heading)),
        text(
          day === null
            ? say(t, 'card.cancel.all', { count, when: t.dateTime(before) })
            : say(t, 'card.cancel.older', { count, day: t.day(day) }),
          { spacing: 'small' },
        ),
        insecureLine(mailbox, t),
        container([text(bold(say(t, 'card.cancel.final')), { spacing: 'none' })], {
          style: 'warning',
          spacing: 'medium',
        }),
        buttons([
          execute(
            'cancel-waiting',
            t('card.cancel.confirm', { count }),
            { mailboxId, pressKey, before },
            { style: 'destructive' },
          ),
          execute('show-waiting', t('card.waiting.back'), { mailboxId }),
        ]),
      ],
    }),
  );
}
