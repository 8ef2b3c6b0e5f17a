import { describe, expect, it } from 'vitest';
import { testRunCard } from '../../../cards/index.ts';
import { failureOf, mailboxViewOf, ORDINARY, testRunViewOf } from '../../support/card-fixtures.ts';
import { cardWorld } from '../../support/card-world.ts';

const { translators } = await cardWorld();

describe('the result of a test whose mailbox another organization has', () => {
  it.each([
    ['en', 'Synchronizes with the organization: **Fabrikam**'],
    ['sv', 'Synkroniseras med organisationen: **Fabrikam**'],
  ] as const)('names that organization (%s)', (language, words) => {
    const failure = failureOf(ORDINARY, {
      scope: 'mailbox',
      stage: 'authorise',
      reason: 'other-organization',
      evidence: [{ label: 'primary-organization', value: 'Fabrikam' }],
    });
    const ofOther = { outcome: 'failed', protocol: null, stages: [], failure } as const;
    const skipped = { outcome: 'skipped', because: 'not-synchronized-by-server' } as const;
    const mailbox = mailboxViewOf(ORDINARY, language);
    const view = testRunViewOf(ORDINARY, mailbox, [skipped, skipped, ofOther]);
    expect(JSON.stringify(testRunCard(view, translators[language]).body)).toContain(words);
  });
});
