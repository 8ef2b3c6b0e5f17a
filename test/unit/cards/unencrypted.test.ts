import { describe, expect, it } from 'vitest';
import { type MailboxView, mailboxCard, testRunCard } from '../../../cards/index.ts';
import type { TlsMode } from '../../../services/domain/profile.ts';
import { mailboxViewOf, ORDINARY, testRunViewOf } from '../../support/card-fixtures.ts';
import { cardWorld } from '../../support/card-world.ts';

const { translators } = await cardWorld();

function reachedBy(tls: TlsMode): MailboxView {
  const view = mailboxViewOf(ORDINARY, 'en');
  const { profile } = view;
  if (profile === null) throw new TypeError('a mailbox without a profile');
  return { ...view, profile: { ...profile, outgoing: { ...profile.outgoing, tls } } };
}

const WARNING = "The connection to the mail server isn't encrypted";

describe('a mailbox whose server is reached without TLS', () => {
  it.each([
    ['none', true],
    ['starttls', false],
    ['implicit', false],
  ] as const)('%s: the warning stands on its card and on the card of a test: %s', (tls, warned) => {
    const mailbox = reachedBy(tls);
    const skipped = { outcome: 'skipped', because: 'mailbox-inactive' } as const;
    const run = testRunViewOf(ORDINARY, mailbox, [skipped, skipped, skipped]);
    for (const card of [mailboxCard(mailbox, translators.en), testRunCard(run, translators.en)]) {
      expect(JSON.stringify(card.body).includes(WARNING)).toBe(warned);
    }
  });
});
