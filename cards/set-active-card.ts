import { DIRECTIONS, goesWhenActive } from '../services/domain/mailbox.ts';
import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { bold, buttons, container, type Elements, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { mailboxButton, pressKeyOf, topicButton } from './parts/mailbox-buttons.ts';
import { directionRows, insecureLine, mailboxHead } from './parts/mailbox-state.ts';
import type { MailboxView } from './views.ts';

/** Asks once more, after saying what stops, or what goes on and what that sends. */
export function setActiveCard(view: MailboxView, active: boolean, t: Translator): AdaptiveCard {
  const { id: mailboxId, name } = view.mailbox;
  const heading = { mailbox: name };
  const verb = active ? 'activate' : 'deactivate';
  const count = active ? goesWhenActive(view.mailbox) : 0;
  const confirm =
    count > 0 ? t('card.activate.confirm-sending', { count }) : t(`card.${verb}.confirm`);
  return fitCard(() =>
    compose(t, {
      summary: t(`card.${verb}.title`, heading),
      body: [
        title(say(t, `card.${verb}.title`, heading)),
        container([...mailboxHead(view, t), ...directionRows(view, t)], {
          style: 'emphasis',
          spacing: 'small',
        }),
        insecureLine(view, t),
        ...(active ? goesOn(view, count, t) : stops(view, t)),
        buttons([
          execute(
            'set-active',
            confirm,
            { mailboxId, active, pressKey: pressKeyOf(view, 'set-active'), letGo: count },
            { style: active ? 'positive' : 'destructive' },
          ),
          count > 0 ? execute('show-waiting', t('card.button.waiting'), { mailboxId }) : null,
          mailboxButton(view, t),
        ]),
      ],
    }),
  );
}

function stops({ mailbox }: MailboxView, t: Translator): Elements {
  const { pendingSend: count } = mailbox;
  return [
    container([text(bold(say(t, 'card.deactivate.stops')), { spacing: 'none' })], {
      style: 'warning',
      spacing: 'medium',
    }),
    count === 0 ? null : text(say(t, 'card.deactivate.waiting', { count }), { spacing: 'small' }),
    small(say(t, 'card.deactivate.stays')),
  ];
}

function goesOn({ mailbox }: MailboxView, count: number, t: Translator): Elements {
  const enabled = DIRECTIONS.filter((direction) => {
    const state = mailbox.directions[direction];
    return state.method === 'server-side-synchronization' && state.enabled;
  });
  const directions = t.list(enabled.map((direction) => t(`card.direction.${direction}`)));
  return [
    text(
      enabled.length === 0
        ? say(t, 'card.activate.nothing')
        : say(t, 'card.activate.goes-on', { directions }),
      { spacing: 'medium' },
    ),
    count === 0
      ? null
      : container([text(say(t, 'card.activate.sends', { count }), { spacing: 'none' })], {
          style: 'warning',
          spacing: 'small',
        }),
  ];
}

/** Dynamics 365 activates no mailbox of a disabled user or an inactive queue (8005E230). */
export function ownerDisabledCard(view: MailboxView, t: Translator): AdaptiveCard {
  const heading = { mailbox: view.mailbox.name };
  return fitCard(() =>
    compose(t, {
      summary: t('card.owner-disabled.title', heading),
      body: [
        title(say(t, 'card.owner-disabled.title', heading)),
        container([text(say(t, 'card.owner-disabled.why'), { spacing: 'none' })], {
          style: 'warning',
          spacing: 'medium',
        }),
        small(say(t, 'card.denied.unchanged'), { spacing: 'medium' }),
        buttons([
          topicButton('mailbox-deactivated', t('card.button.show-article'), view.mailbox.id),
          mailboxButton(view, t),
        ]),
      ],
    }),
  );
}
