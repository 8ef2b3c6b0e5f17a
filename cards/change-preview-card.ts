import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import type { ChangePreviewView, MethodPreviewView } from './change-views.ts';
import { compose } from './compose.ts';
import { bold, buttons, container, facts, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { mailboxButton } from './parts/mailbox-buttons.ts';
import { mailboxHead } from './parts/mailbox-state.ts';
import { partText } from './parts/server-text.ts';
import { topicRows } from './parts/topic-rows.ts';
import { markdown } from './text.ts';

/** What would change, for how many mailboxes, and what Microsoft advises against in it. */
export function changePreviewCard(view: ChangePreviewView, t: Translator): AdaptiveCard {
  const { mailbox, part, change, before, after, mailboxCount, seen, pressKey } = view;
  const heading = { profile: before.name };
  const mailboxId = mailbox.mailbox.id;
  return fitCard(() =>
    compose(t, {
      summary: t('card.change.form', heading),
      body: [
        title(say(t, 'card.change.form', heading)),
        view.overtaken ? warningBox(t('card.change.overtaken')) : null,
        facts([
          [say(t, 'card.change.part'), say(t, `card.profile.${part}`)],
          [say(t, 'card.change.from'), partText(before, part, t)],
          [say(t, 'card.change.to'), partText(after, part, t)],
        ]),
        text(say(t, 'card.change.concerns', { count: mailboxCount }), { spacing: 'medium' }),
        sendsPassword(view, t),
        small(say(t, 'card.change.not-enabled')),
        advice(view, t),
        ...topicRows(view.warnings, t, mailboxId),
        buttons([
          execute(
            'change-profile',
            t('card.change.confirm', { count: mailboxCount }),
            { mailboxId, change, seen, pressKey },
            { style: 'positive' },
          ),
          change.kind === 'undo' || change.kind === 'search-location'
            ? null
            : execute('edit-profile', t('card.change.back'), { mailboxId, part }),
          execute('show-profile', t('card.change.cancel'), { mailboxId }),
        ]),
      ],
    }),
  );
}

function advice({ warnings }: ChangePreviewView, t: Translator): CardElement | null {
  if (warnings.length === 0) return null;
  return container(
    [
      text(bold(say(t, 'card.change.warned')), { spacing: 'none' }),
      ...warnings.map(({ rule }) => text(say(t, `card.set-up.rule.${rule}`), { spacing: 'small' })),
    ],
    { style: 'warning', spacing: 'medium' },
  );
}

/** A server that had no password of these mailboxes before would get them from now on. */
function sendsPassword({ before, after }: ChangePreviewView, t: Translator): CardElement | null {
  const known = [before.incoming.host, before.outgoing.host];
  const host = [after.incoming.host, after.outgoing.host].find((one) => !known.includes(one));
  const searched = after.autodiscover;
  if (host === undefined || searched || before.credentialSource === 'server-to-server') return null;
  return container([text(say(t, 'card.change.sends-password', { host }), { spacing: 'none' })], {
    style: 'warning',
    spacing: 'medium',
  });
}

/** Who synchronizes appointments, contacts and tasks, before it is changed. */
export function methodPreviewCard(view: MethodPreviewView, t: Translator): AdaptiveCard {
  const { mailbox, method, pressKey } = view;
  const heading = { mailbox: mailbox.mailbox.name };
  const mailboxId = mailbox.mailbox.id;
  return fitCard(() =>
    compose(t, {
      summary: t('card.change.method', heading),
      body: [
        title(say(t, 'card.change.method', heading)),
        container([...mailboxHead(mailbox, t)], { style: 'emphasis', spacing: 'small' }),
        text(say(t, `card.change.method-${method}`), { spacing: 'medium' }),
        buttons([
          execute(
            'change-act-method',
            t('card.change.confirm-method'),
            { mailboxId, method, pressKey },
            { style: 'positive' },
          ),
          mailboxButton(mailbox, t),
        ]),
      ],
    }),
  );
}

function warningBox(words: string): CardElement {
  return container([text(markdown(words), { spacing: 'none' })], {
    style: 'warning',
    spacing: 'medium',
  });
}
