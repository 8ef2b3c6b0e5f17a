import { describe, expect, it } from 'vitest';
import { advice } from '../../../cards/parts/advice.ts';
import { FAILURE_REASONS, type FailureReason } from '../../../services/domain/failure.ts';
import type { EmailServerProfile } from '../../../services/domain/profile.ts';
import { mailboxViewOf, ORDINARY } from '../../support/card-fixtures.ts';
import { cardWorld } from '../../support/card-world.ts';

const { translators } = await cardWorld();
const { sv, en } = translators;
const profile = mailboxViewOf(ORDINARY, 'en').profile as EmailServerProfile;

function advise(
  reason: FailureReason,
  change: Partial<EmailServerProfile> | null = {},
  over: Partial<Parameters<typeof advice>[0]> = {},
): string {
  const used = change === null ? null : { ...profile, ...change };
  const base = { reason, direction: 'incoming', profile: used } as const;
  return advice({ ...base, afterwards: 'test', mailboxCount: 1, ...over }, en);
}

describe('the advice for a failure', () => {
  it.each(FAILURE_REASONS)('is short and whole for %s in both languages', (reason) => {
    for (const used of [
      profile,
      null,
      { ...profile, credentialSource: 'mailbox' },
      { ...profile, serverType: 'exchange-online', credentialSource: 'server-to-server' },
    ] as const) {
      for (const t of [sv, en]) {
        const words = advice(
          { reason, direction: 'outgoing', profile: used, afterwards: 'test', mailboxCount: 1 },
          t,
        );
        expect(words).toMatch(/^\p{Lu}.*\.$/u);
        expect(words).not.toMatch(/undefined|null|\{|\}/u);
        expect(words.length).toBeLessThan(360);
      }
    }
  });

  it('names the server of the direction that failed', () => {
    const certificate = advise('certificate-expired');
    expect(certificate).toContain('imap.contoso.example:993 renews its certificate');
    expect(certificate).toContain('Nothing needs changing in Dynamics 365.');
    expect(advise('certificate-expired', {}, { direction: 'outgoing' })).toContain(
      'smtp.contoso.example:465',
    );
  });

  it('tells the profile owner of credentials on the profile, the mailbox owner of their own', () => {
    expect(advise('credentials-rejected')).toContain('The owner of the profile Exchange Hybrid');
    const own = advise('credentials-rejected', { credentialSource: 'mailbox' });
    expect(own).toContain('The mailbox owner');
    expect(own).not.toContain('profile');
  });

  it('asks nobody to repair what Microsoft runs', () => {
    expect(advise('timeout', { serverType: 'exchange-online' })).toContain('service health');
    expect(advise('timeout')).not.toContain('Microsoft');
  });

  it('manages without a profile', () => {
    expect(advise('certificate-wrong-host', null)).toContain('owner of the email server profile');
  });

  it('ends with who tests and enables, or that it is being retried', () => {
    expect(advise('timeout', {}, { mailboxCount: 3 })).toMatch(
      /Then test and enable the mailboxes\.$/u,
    );
    expect(advise('timeout', {}, { afterwards: 'ask' })).toMatch(
      /Then an administrator tests and enables the mailbox\.$/u,
    );
    expect(advise('timeout', {}, { afterwards: 'wait' })).toMatch(/keeps trying by itself/u);
  });
});
