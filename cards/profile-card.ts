import type { ProfilePart, SetUpChange } from '../services/domain/set-up-change.ts';
import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement, ExecuteAction } from './card.ts';
import type { ProfileView } from './change-views.ts';
import { compose } from './compose.ts';
import {
  bold,
  buttons,
  container,
  type Fact,
  facts,
  joined,
  say,
  section,
  small,
  text,
  title,
} from './elements.ts';
import { fitCard } from './fit.ts';
import { mailboxButton, testButton } from './parts/mailbox-buttons.ts';
import { insecureLine, mailboxHead } from './parts/mailbox-state.ts';
import { replicaNote } from './parts/replica-note.ts';
import { endpointText, locationText, partText } from './parts/server-text.ts';
import { type CardText, plain } from './text.ts';

/** How a mailbox's profile reaches its server; whoever may, changes it here. */
export function profileCard(view: ProfileView, t: Translator): AdaptiveCard {
  const { profile, mailbox } = view;
  const heading = { profile: profile.name };
  return fitCard(() =>
    compose(t, {
      summary: t('card.profile.title', heading),
      body: [
        title(say(t, 'card.profile.title', heading)),
        small(say(t, `card.server.${profile.serverType}`), { spacing: 'none' }),
        locationLine(view, t),
        facts(settings(view, t)),
        insecureLine(mailbox, t),
        ...changes(view, t),
        section(say(t, 'card.profile.of-mailbox')),
        container([...mailboxHead(mailbox, t)], { style: 'emphasis', spacing: 'small' }),
        buttons([testButton(mailbox, t), ...editButtons(view, t), mailboxButton(mailbox, t)]),
      ],
    }),
  );
}

/** A line of its own: a list of facts cuts a long address off. */
function locationLine({ profile }: ProfileView, t: Translator): CardElement | null {
  if (!partsOf(profile.serverType).includes('location')) return null;
  const label = bold(say(t, 'card.profile.location'));
  return text(joined([label, partText(profile, 'location', t)], ': '));
}

function settings({ profile, ownerName }: ProfileView, t: Translator): readonly (Fact | null)[] {
  return [
    ...partsOf(profile.serverType).flatMap((part): Fact[] =>
      part === 'location' ? [] : [[say(t, `card.profile.${part}`), partText(profile, part, t)]],
    ),
    [say(t, 'card.profile.credentials'), say(t, `card.profile.by-${profile.credentialSource}`)],
    profile.outgoingCredentialSource === undefined
      ? null
      : [
          say(t, 'card.profile.outgoing-credentials'),
          say(t, `card.profile.own-by-${profile.outgoingCredentialSource}`),
        ],
    profile.serverType === 'exchange-server'
      ? [
          say(t, 'card.profile.impersonation'),
          say(t, profile.impersonation ? 'card.profile.on' : 'card.profile.off'),
        ]
      : null,
    ownerName === null ? null : [say(t, 'card.profile.owner'), plain(ownerName, 100)],
    profile.replica ? [say(t, 'card.fact.replica'), plain(replicaNote(profile, t))] : null,
  ];
}

/** What there is to be changed about a kind of server. */
function partsOf(serverType: ProfileView['profile']['serverType']): readonly ProfilePart[] {
  const byExchange = serverType === 'exchange-server' || serverType === 'exchange-online';
  return byExchange ? ['location'] : ['incoming', 'outgoing'];
}

function editButtons({ profile, mailbox, mayChange }: ProfileView, t: Translator) {
  if (!mayChange) return [];
  const mailboxId = mailbox.mailbox.id;
  const searches = profile.serverType.startsWith('exchange') && !profile.autodiscover;
  return [
    ...(profile.serverType === 'exchange-online' ? [] : partsOf(profile.serverType)).map((part) =>
      execute('edit-profile', t(`card.fix.${part}`), { mailboxId, part }),
    ),
    searches
      ? execute('preview-change', t('card.profile.search'), {
          mailboxId,
          change: { kind: 'search-location' },
        })
      : null,
  ];
}

function changes(view: ProfileView, t: Translator): readonly CardElement[] {
  if (view.changes.length === 0) return [];
  return [
    section(say(t, 'card.profile.changes')),
    ...view.changes.map((made) => changeRow(view, made, t)),
  ];
}

function changeRow(
  { mailbox, mayChange }: ProfileView,
  { change, byName }: ProfileView['changes'][number],
  t: Translator,
): CardElement {
  const [before, after] = valuesOf(change, t);
  const made = { name: byName, when: t.dateTime(change.at) };
  const label = t(change.overruledAt === null ? 'card.profile.undo' : 'card.profile.noted');
  const mailboxId = mailbox.mailbox.id;
  const undo = undoOf(change, mailboxId, label);
  return container(
    [
      text(say(t, `card.profile.changed-${change.part}`, made), { spacing: 'none' }),
      small(joined([say(t, 'card.profile.was'), before], ' '), { spacing: 'none' }),
      small(joined([say(t, 'card.profile.is'), after], ' '), { spacing: 'none', isSubtle: false }),
      change.overruledAt === null
        ? null
        : text(say(t, 'card.profile.overruled', { when: t.dateTime(change.overruledAt) }), {
            spacing: 'small',
          }),
      mayChange
        ? container([text(plain(label), { color: 'accent', spacing: 'none' })], {
            spacing: 'small',
            selectAction: undo,
          })
        : null,
    ],
    { style: change.overruledAt === null ? 'emphasis' : 'warning', spacing: 'small' },
  );
}

function undoOf(change: SetUpChange, mailboxId: string, label: string): ExecuteAction {
  switch (change.part) {
    case 'act':
      return execute('ask-act-method', label, { mailboxId, method: 'as-registered' });
    case 'active':
      return execute('ask-set-active', label, { mailboxId, active: change.over });
    default:
      return execute('preview-change', label, {
        mailboxId,
        change: { kind: 'undo', part: change.part },
      });
  }
}

/** What it was, and what it is since. */
function valuesOf(change: SetUpChange, t: Translator): readonly [CardText, CardText] {
  switch (change.part) {
    case 'location':
      return [locationText(change.over, t), locationText(change.now, t)];
    case 'act':
      return [say(t, `card.method.${change.over}`), say(t, `card.method.${change.now}`)];
    case 'active':
      return [say(t, `card.active.${change.over}`), say(t, `card.active.${change.now}`)];
    default:
      return [endpointText(change.over, t), endpointText(change.now, t)];
  }
}
