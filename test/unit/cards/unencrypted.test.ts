import { describe, expect, it } from 'vitest';
import {
  type AdaptiveCard,
  alertCard,
  approvalListCard,
  approvalRequestCard,
  followUpCard,
  incidentCard,
  type MailboxView,
  mailboxCard,
  mailboxListCard,
  outboxCard,
  profileCard,
  rejectAskCard,
  rejectedAddressCard,
  severalAlertsCard,
  testRunCard,
  waitingCancelCard,
  waitingCard,
} from '../../../cards/index.ts';
import type { TlsMode } from '../../../services/domain/profile.ts';
import { requestViewOf } from '../../support/approval-request-fixture.ts';
import {
  alertViewOf,
  at,
  incidentViewOf,
  mailboxViewOf,
  ORDINARY,
  testRunViewOf,
} from '../../support/card-fixtures.ts';
import { cardWorld } from '../../support/card-world.ts';

const { articles, translators } = await cardWorld();
const t = translators.en;

function reachedBy(tls: TlsMode): MailboxView {
  const view = mailboxViewOf(ORDINARY, 'en');
  const { profile } = view;
  if (profile === null) throw new TypeError('a mailbox without a profile');
  return { ...view, profile: { ...profile, outgoing: { ...profile.outgoing, tls } } };
}

const article = articles.get('bad-credentials');
if (article === undefined) throw new TypeError('no article');
const skipped = { outcome: 'skipped', because: 'mailbox-inactive' } as const;

const CARDS: Readonly<Record<string, (mailbox: MailboxView) => AdaptiveCard>> = {
  mailbox: (mailbox) => mailboxCard(mailbox, t),
  'test-run': (mailbox) =>
    testRunCard(testRunViewOf(ORDINARY, mailbox, [skipped, skipped, skipped]), t),
  alert: (mailbox) => alertCard(alertViewOf(article, ORDINARY, mailbox), t),
  'several alerts': (mailbox) =>
    severalAlertsCard({ alerts: [alertViewOf(article, ORDINARY, mailbox)] }, t),
  'follow-up': (mailbox) =>
    followUpCard({ article, asks: 'duration', deployment: null, steps: [], mailbox }, t),
  incident: (mailbox) =>
    incidentCard(incidentViewOf(ORDINARY, article, 'disabled', 'must-act', [mailbox]), t),
  'incident for those informed': (mailbox) =>
    incidentCard(incidentViewOf(ORDINARY, article, 'disabled', 'informed', [mailbox]), t),
  'incident of several': (mailbox) =>
    incidentCard(
      incidentViewOf(ORDINARY, article, 'disabled', 'must-act', [mailbox, mailbox], 12),
      t,
    ),
  'approval request': (mailbox) =>
    approvalRequestCard(requestViewOf(ORDINARY, mailbox, 'pending', true), t),
  'approval list': (mailbox) =>
    approvalListCard({ requests: [requestViewOf(ORDINARY, mailbox, 'pending', true)], more: 0 }, t),
  'mailbox list': (mailbox) =>
    mailboxListCard({ title: 'mine', searched: null, mailboxes: [mailbox], more: 0 }, t),
  outbox: (mailbox) => outboxCard({ mailbox, messages: [], more: 0, day: null, skipped: 0 }, t),
  waiting: (mailbox) => waitingCard({ mailbox, days: [], decided: null, mayHold: true }, t),
  'cancelling what waits': (mailbox) =>
    waitingCancelCard({ mailbox, day: null, before: at(0), count: 1 }, t),
  'rejected address': (mailbox) => rejectedAddressCard(mailbox, t),
  'rejecting an address': (mailbox) => rejectAskCard({ mailbox, reason: 'x' }, t),
  profile: (mailbox) => {
    const { profile } = mailbox;
    if (profile === null) throw new TypeError('no profile');
    return profileCard({ mailbox, profile, ownerName: null, changes: [], mayChange: true }, t);
  },
};

describe.each(Object.entries(CARDS))('the card of a mailbox without TLS: %s', (_, draw) => {
  it.each([
    ['none', true],
    ['starttls', false],
    ['implicit', false],
  ] as const)('warns where TLS is %s: %s', (tls, warned) => {
    expect(JSON.stringify(draw(reachedBy(tls)).body).includes("isn't encrypted")).toBe(warned);
  });
});
