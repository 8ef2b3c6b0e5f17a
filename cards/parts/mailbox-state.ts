import { MAX_RETRIES } from '../../services/domain/failure-policy.ts';
import {
  DIRECTIONS,
  type Direction,
  type DirectionState,
  letsGo,
} from '../../services/domain/mailbox.ts';
import { unencryptedEndpoints } from '../../services/domain/set-up.ts';
import type { Instant } from '../../services/domain/time.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { CardElement } from '../card.ts';
import { bold, container, facts, joined, row, say, small, text } from '../elements.ts';
import { type CardText, markdown, plain } from '../text.ts';
import type { MailboxView } from '../views.ts';
import { turnsText } from './performance-lines.ts';
import { replicaNote } from './replica-note.ts';

type DirectionCondition =
  | 'works'
  | 'enabled'
  | 'confirming'
  | 'retrying'
  | 'disabled'
  | 'answers-again'
  | 'never-tested'
  | 'test-failed'
  | 'not-enabled'
  | 'not-by-server';

function conditionOf(state: DirectionState): DirectionCondition {
  if (state.method !== 'server-side-synchronization') return 'not-by-server';
  if (state.disabledAt !== null) {
    return state.answersAgainAt === null ? 'disabled' : 'answers-again';
  }
  if (state.confirming) return 'confirming';
  if (state.transientFailures > 0) return 'retrying';
  if (state.enabled) return 'works';
  if (state.status === 'not-run') return 'never-tested';
  return state.status === 'failure' ? 'test-failed' : 'not-enabled';
}

/** Nothing may have been sent since another direction began to fail: only that it is enabled is known. */
function outgoingOf({ mailbox: { directions } }: MailboxView): DirectionCondition {
  const condition = conditionOf(directions.outgoing);
  const others = [conditionOf(directions.incoming), conditionOf(directions.act)];
  const fails = others.some((other) => other === 'retrying' || other === 'disabled');
  return condition === 'works' && fails ? 'enabled' : condition;
}

const ICONS: Readonly<Record<DirectionCondition, string>> = {
  works: '✅',
  enabled: '☑️',
  confirming: '🔎',
  retrying: '⏳',
  disabled: '⛔',
  'answers-again': '🔔',
  'never-tested': '⚪',
  'test-failed': '❌',
  'not-enabled': '⚪',
  'not-by-server': '➖',
};

const HEALTH_ICONS: Readonly<Record<MailboxView['health'], string>> = {
  healthy: '✅',
  retrying: '⏳',
  disabled: '⛔',
  'not-enabled': '⚪',
  inactive: '💤',
};

/** `⛔ Disabled`: icon and words, so that neither colour nor picture carries it alone. */
export function healthText(view: MailboxView, t: Translator): CardText {
  return markdown(`${HEALTH_ICONS[view.health]} ${t(`card.health.${view.health}`)}`);
}

/** One line a direction: what it is called, how it is, since or until when. */
export function directionRows(
  view: MailboxView,
  t: Translator,
  shown: readonly Direction[] = DIRECTIONS,
): readonly CardElement[] {
  return shown.map((direction) => {
    const state = view.mailbox.directions[direction];
    const condition = direction === 'outgoing' ? outgoingOf(view) : conditionOf(state);
    const words = conditionText(condition, state, view.disablesAt[direction] ?? null, t);
    return row(
      [text(markdown(ICONS[condition]), { spacing: 'none' })],
      [
        text(joined([bold(say(t, `card.direction.${direction}`)), words], ': '), {
          spacing: 'none',
        }),
      ],
    );
  });
}

function conditionText(
  condition: DirectionCondition,
  state: DirectionState,
  disablesAt: Instant | null,
  t: Translator,
): CardText {
  switch (condition) {
    case 'retrying':
      return joined(
        [
          state.retriesUncounted === true
            ? say(t, 'card.condition.retrying-uncounted')
            : say(t, 'card.condition.retrying', {
                attempt: state.transientFailures,
                most: MAX_RETRIES,
              }),
          state.nextAttemptAt === null
            ? null
            : say(t, 'card.condition.next', { time: t.time(state.nextAttemptAt) }),
          disablesAt === null
            ? null
            : say(t, 'card.condition.disables', { time: t.time(disablesAt) }),
        ],
        ', ',
      );
    case 'disabled':
    case 'answers-again': {
      const since = condition === 'disabled' ? state.disabledAt : state.answersAgainAt;
      return since === null
        ? say(t, 'card.health.disabled')
        : say(t, `card.condition.${condition}`, { when: t.dateTime(since) });
    }
    case 'not-by-server':
      return say(t, `card.method.${state.method}`);
    default:
      return say(t, `card.condition.${condition}`);
  }
}

/** Profile, owner, approval and waiting messages. */
export function mailboxFacts(view: MailboxView, t: Translator): CardElement | null {
  const { mailbox, profile } = view;
  return facts(
    [
      [say(t, 'card.fact.profile'), profileText(view, t)],
      view.ownerName === null ? null : [say(t, 'card.fact.owner'), plain(view.ownerName, 100)],
      [say(t, 'card.fact.approval'), approvalText(view, t)],
      mailbox.pendingSend === 0
        ? null
        : [say(t, 'card.fact.pending'), say(t, 'card.pending', { count: mailbox.pendingSend })],
      view.figures ? [say(t, 'card.fact.turns'), turnsText(view.figures, t)] : null,
      profile?.replica === true
        ? [say(t, 'card.fact.replica'), plain(replicaNote(profile, t))]
        : null,
      unencrypted(view) ? [say(t, 'card.fact.unencrypted'), say(t, 'card.unencrypted')] : null,
    ],
    { spacing: 'small' },
  );
}

/** Stands on every card of a mailbox that does not say so among its facts. */
export function insecureLine(view: MailboxView, t: Translator): CardElement | null {
  return unencrypted(view) ? small(say(t, 'card.unencrypted'), { isSubtle: false }) : null;
}

/** Two settings of a deployment on-premises allow it; whoever looks is told each time. */
export function unencrypted({ profile }: MailboxView): boolean {
  return profile !== null && unencryptedEndpoints(profile).length > 0;
}

function profileText(view: MailboxView, t: Translator): CardText {
  if (view.profile === null) return say(t, 'card.profile.none');
  const server = say(t, `card.server.${view.profile.serverType}`);
  return joined([plain(view.profile.name, 100), server]);
}

function approvalText(view: MailboxView, t: Translator): CardText {
  const { approval } = view.mailbox;
  const state = say(t, `card.approval.${approval.state}`);
  if (approval.state !== 'approved' || view.approvedByName === null) return state;
  const when = approval.decidedAt === null ? null : plain(t.dateTime(approval.decidedAt));
  return joined([state, plain(view.approvedByName, 100), when]);
}

/** Name, address and how it is; a tap opens the mailbox. */
export function mailboxRow(view: MailboxView, t: Translator): CardElement {
  const { id, name, address } = view.mailbox;
  return container(
    [
      text(plain(name, 100), { weight: 'bolder', color: 'accent', spacing: 'none' }),
      small(joined([healthText(view, t), plain(address, 150)]), { spacing: 'none' }),
      unencrypted(view) ? small(say(t, 'card.unencrypted-short'), { isSubtle: false }) : null,
    ],
    {
      style: 'emphasis',
      spacing: 'small',
      selectAction: execute('show-mailbox', name, { mailboxId: id }),
    },
  );
}

/** Name, address and how it is: the head of a box about the mailbox. */
export function mailboxHead(view: MailboxView, t: Translator): readonly CardElement[] {
  return [
    text(joined([bold(plain(view.mailbox.name, 100)), healthText(view, t)]), { spacing: 'none' }),
    small(plain(view.mailbox.address, 150), { spacing: 'none' }),
  ];
}

/** Enabling sends what waits: said before the button is pressed; a tap shows it by day. */
export function releaseWarning(view: MailboxView, t: Translator): CardElement | null {
  const count = letsGo(view.mailbox);
  if (!view.allowed.testAndEnable || count === 0) return null;
  return container(
    [
      small(say(t, 'card.release-warning', { count }), {
        isSubtle: false,
        spacing: 'none',
      }),
      small(say(t, 'card.release-by-day'), { isSubtle: false, color: 'accent', spacing: 'none' }),
    ],
    {
      spacing: 'small',
      selectAction: execute('show-waiting', t('card.release-by-day'), {
        mailboxId: view.mailbox.id,
      }),
    },
  );
}

/** Directions that server-side synchronization serves. */
export function usedDirections(view: MailboxView): readonly Direction[] {
  return DIRECTIONS.filter(
    (direction) => view.mailbox.directions[direction].method === 'server-side-synchronization',
  );
}
