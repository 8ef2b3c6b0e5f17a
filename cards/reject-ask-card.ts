import { carriedAddress } from '../services/domain/mailbox.ts';
import type { Translator } from '../services/i18n/index.ts';
import { execute, REASON_MAX_LENGTH } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, container, facts, say, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { pressKeyOf } from './parts/mailbox-buttons.ts';
import { insecureLine } from './parts/mailbox-state.ts';
import { plain, tidy } from './text.ts';
import type { RejectAskView } from './views.ts';

/** Asked a second time, with what rejecting stops. */
export function rejectAskCard(
  { mailbox: view, reason }: RejectAskView,
  t: Translator,
): AdaptiveCard {
  const { id: mailboxId, name, address } = view.mailbox;
  const heading = t('card.reject.title', { mailbox: name });
  return fitCard(() =>
    compose(t, {
      summary: heading,
      body: [
        title(say(t, 'card.reject.title', { mailbox: name })),
        facts([
          [say(t, 'card.fact.address'), plain(address, 150)],
          view.ownerName === null ? null : [say(t, 'card.fact.owner'), plain(view.ownerName, 100)],
          [say(t, 'card.fact.reason'), plain(reason, REASON_MAX_LENGTH)],
        ]),
        insecureLine(view, t),
        container([text(say(t, 'card.reject.means'), { spacing: 'none' })], {
          style: 'warning',
          spacing: 'medium',
        }),
        buttons([
          execute(
            'reject-email',
            t('card.reject.confirm'),
            {
              mailboxId,
              pressKey: pressKeyOf(view, 'reject-email'),
              address: carriedAddress(view.mailbox),
              because: tidy(reason, REASON_MAX_LENGTH),
            },
            { style: 'destructive' },
          ),
          execute('show-mailbox', t('card.reject.back'), { mailboxId }),
        ]),
      ],
    }),
  );
}
