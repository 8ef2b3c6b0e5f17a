import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { idOf, type ProfileId, type TopicId } from '../../../../services/domain/ids.ts';
import type { Knowledge } from '../../../../services/knowledge/index.ts';
import {
  type NamedAlert,
  nameAlert,
} from '../../../../services/sync-engine/dataverse/failure-of-alert.ts';
import { REASONS } from '../../../../services/sync-engine/dataverse/reasons-of-alerts.ts';
import { type AroundAlert, toAlert } from '../../../../services/sync-engine/dataverse/to-alert.ts';
import { realKnowledge } from '../../../support/real-knowledge.ts';

const MAILBOX = '6f1c1f2e-0000-4000-8000-00000000000a';
const PROFILE = '99999999-2222-4333-8444-555555555555';
const regarding = (id: string, table: string): object => ({
  _regardingobjectid_value: id,
  '_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname': table,
});
const log = {
  tracelogid: 'AAAAAAAA-2222-4333-8444-555555555555',
  level: 3,
  createdon: '2026-11-24T05:00:00Z',
  ...regarding(MAILBOX, 'mailbox'),
};
const around: AroundAlert = {
  profileId: idOf<ProfileId>(PROFILE),
  failing: [],
  closedAt: null,
};

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await realKnowledge();
}, 60_000);
const named = (row: object): Promise<NamedAlert> => nameAlert({ ...log, ...row }, knowledge);

describe('a trace log', () => {
  const told = parse(readFileSync('test/support/dataverse/alerts.yaml', 'utf8')) as Record<
    string,
    Record<string, { readonly code: string; readonly text: string }>
  >;
  it.each([
    ['approval-missing', 'incoming', 'o365-approval', 'not-approved', 'receive'],
    ['approval-missing', 'act', 'o365-approval', 'not-approved', 'act'],
    ['mailbox-credentials', 'incoming', 'unauthorized-401', 'credentials-rejected', 'receive'],
    ['mailbox-credentials', 'outgoing', 'unauthorized-401', 'credentials-rejected', 'send'],
    ['other-organization', 'incoming', 'other-org', 'other-organization', 'receive'],
    ['other-organization', 'act', 'other-org', 'other-organization', 'act'],
    ['connection', 'incoming', 'exchange-mailbox-not-found-404', 'mailbox-not-found', null],
  ])('of %s, %s, is the documented %s', async (cause, direction, topic, reason, spoken) => {
    const { code, text } = told[cause]?.[direction] ?? { code: '', text: '' };
    const words = text.replaceAll('{mailbox}', 'Berit Berg').replaceAll('{profile}', 'Exchange');
    const alert = await named({ text: words, errordetails: code });
    expect(alert).toMatchObject({ topic, documented: true, direction: spoken });
    expect(alert.failure).toMatchObject({ nature: 'permanent', reason });
    expect(alert.failure.evidence).toContainEqual({ label: 'library-code', value: code });
  });

  it('is read by its words, then by the number of its error', async () => {
    const secure =
      "Email cannot be received for the mailbox Berit Berg because an error occurred while establishing a secure connection to the email server. The mailbox didn't synchronize. A notification about this is posted on the alerts wall for the owner of the email server profile Exchange.";
    expect(await named({ text: secure })).toMatchObject({
      topic: 'secure-connection',
      failure: { scope: 'profile', stage: 'tls', reason: 'unknown' },
    });
    const number = { text: 'Etwas ging schief.', tracecode: -2147098080 };
    expect(await named(number)).toMatchObject({ documented: true, topic: 'approval-required' });
  });

  it('is not taken for a question about what it resembles', async () => {
    const alert = await named({ text: 'my mailbox is disabled, why?' });
    expect(alert).toMatchObject({ documented: false, topic: 'test-enable-failure' });
  });

  it('that no article documents says no more than that it went wrong', async () => {
    const text = 'Der Frobnikator hat den Zyklus verloren.';
    expect(await named({ text })).toMatchObject({
      documented: false,
      topic: 'test-enable-failure',
      failure: { scope: 'mailbox', nature: 'permanent', reason: 'unknown', stage: 'exchange' },
    });
    const warning = await named({ text, level: 2 });
    expect(warning).toMatchObject({
      topic: 'mailbox-poll-failed',
      failure: { nature: 'transient' },
    });
  });

  it('keeps of its details what a support engineer would ask for', async () => {
    const errordetails =
      'T:17\nActivityId: 0f0e0d0c-0000-4000-8000-000000000001 >Error : System.Net.WebException: …';
    const { failure } = await named({ text: 'Something else.', errordetails });
    expect(failure.evidence).toEqual([
      { label: 'server-reply', value: errordetails },
      { label: 'request-id', value: '0f0e0d0c-0000-4000-8000-000000000001' },
    ]);
  });

  it('hangs on the wall of what it regards, in its own words', async () => {
    const text = 'Der Frobnikator hat den Zyklus verloren.';
    const ofMailbox = toAlert({ ...log, text }, await named({ text }), {
      ...around,
      failing: ['outgoing'],
    });
    expect(ofMailbox).toMatchObject({
      id: 'aaaaaaaa-2222-4333-8444-555555555555',
      level: 'error',
      scope: 'mailbox',
      mailboxId: MAILBOX,
      profileId: PROFILE,
      direction: 'outgoing',
      raisedAt: '2026-11-24T05:00:00.000Z',
      closedAt: null,
      text,
    });
    const row = { ...log, ...regarding(PROFILE, 'emailserverprofile'), text };
    const ofProfile = toAlert(row, await named(row), { ...around, profileId: null });
    expect(ofProfile).toMatchObject({ scope: 'profile', mailboxId: null, profileId: PROFILE });
  });

  it('of an information is news for a day', async () => {
    const row = { ...log, level: 1, text: 'All is well.' };
    expect(toAlert(row, await named(row), around)?.closedAt).toBe('2026-11-25T05:00:00.000Z');
  });

  it('that regards nothing is nobody’s alert', async () => {
    const row = { ...log, _regardingobjectid_value: null };
    expect(toAlert(row, await named(row), around)).toBeNull();
  });

  it('can be read whatever its columns hold', async () => {
    const columns = ['text', 'level', 'tracecode', 'errordetails', 'errortypedisplay', 'createdon'];
    const anything = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...columns), anything), async (values) => {
        const alert = await nameAlert(values, knowledge);
        expect(['error', 'warning', 'information']).toContain(alert.level);
        expect(toAlert(values, alert, around)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});

describe('the reasons of alerts', () => {
  it('are about topics that have an article', () => {
    for (const topic of Object.keys(REASONS)) {
      expect(knowledge.article(idOf<TopicId>(topic)), topic).not.toBeNull();
    }
  });

  it('are among those for which the same topic is raised by the embedded engine', () => {
    for (const { id, raisedFor } of knowledge.articles()) {
      const reason = REASONS[id];
      if (reason !== undefined && raisedFor.length > 0) expect(raisedFor).toContain(reason);
    }
  });
});
