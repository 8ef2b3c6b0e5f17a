import { describe, expect, it } from 'vitest';
import {
  type AdaptiveCard,
  earlyWarningCard,
  type MailboxView,
  mailboxCard,
  testRunCard,
} from '../../../cards/index.ts';
import type { WarningLevel } from '../../../services/domain/early-warning.ts';
import { idOf } from '../../../services/domain/ids.ts';
import type { DirectionResult } from '../../../services/domain/test-run.ts';
import { at, mailboxViewOf, ORDINARY, testRunViewOf } from '../../support/card-fixtures.ts';
import { cardWorld } from '../../support/card-world.ts';

const { translators } = await cardWorld();
const t = translators.en;
const mailbox = mailboxViewOf(ORDINARY, 'en');

describe('the next step on a card', () => {
  it('is the approval where it is missing, and the test where it is not', () => {
    const waiting: MailboxView = { ...mailbox, allowed: { ...mailbox.allowed, approve: true } };
    expect(emphasised(mailboxCard(waiting, t))).toEqual(['approve-email']);
    const approved: MailboxView = { ...mailbox, allowed: { ...mailbox.allowed, approve: false } };
    expect(emphasised(mailboxCard(approved, t))).toEqual(['test-and-enable']);
  });

  it('is said once of a test, for all directions that need the same', () => {
    const other = failedWith('other-organization');
    const card = testRunCard(testRunViewOf(ORDINARY, mailbox, [other, other, other]), t);
    expect(JSON.stringify(card).split('What to do').length - 1).toBe(1);
    const two = [other, failedWith('quota-exceeded'), other] as const;
    const mixed = testRunCard(testRunViewOf(ORDINARY, mailbox, two), t);
    expect(JSON.stringify(mixed).split('What to do').length - 1).toBe(2);
  });

  it('of a certificate that has ended is not to be taken before then', () => {
    expect(JSON.stringify(ofCertificate('month'))).toContain('Everything works until then');
    const over = JSON.stringify(ofCertificate('over'));
    expect(over).toContain('Since then no secure connection is made');
    expect(over).not.toContain('until then');
  });
});

function failedWith(reason: 'other-organization' | 'quota-exceeded'): DirectionResult {
  const nature = 'permanent';
  const rest = { stage: 'authorise', needsConfirmation: false, evidence: [] } as const;
  const failure = { scope: 'mailbox', nature, reason, ...rest } as const;
  return { outcome: 'failed', protocol: 'imap', stages: [], failure };
}

function ofCertificate(level: WarningLevel): AdaptiveCard {
  return earlyWarningCard(
    {
      warning: {
        id: 'certificate@p',
        cause: 'certificate',
        trouble: {
          kind: 'certificate-expires',
          certificate: {
            host: 'mail.contoso.example',
            port: 993,
            subject: 'mail.contoso.example',
            issuer: 'Contoso',
            validTo: at(0),
            fingerprint: 'AA:11',
          },
        },
        profileId: idOf('p'),
        mailboxId: null,
        topic: idOf('secure-connection'),
        level,
        at: at(0),
        raisedAt: at(0),
        closedAt: null,
      },
      profileNames: ['Contoso'],
      mailbox: null,
      mailboxes: [],
      mailboxCount: 1,
    },
    t,
  );
}

/** Verbs of the buttons that stand out. */
function emphasised(card: AdaptiveCard): string[] {
  const found = JSON.stringify(card, null, 0).matchAll(
    /"style":"positive","verb":"([a-z-]+)"|"verb":"([a-z-]+)"[^{}]*"style":"positive"/g,
  );
  return [...found].map(([, one, other]) => one ?? other ?? '');
}
