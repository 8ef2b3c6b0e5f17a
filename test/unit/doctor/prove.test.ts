import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redacted } from '../../../services/doctor/index.ts';
import { BOT, type DoctorWorld, READER, startDoctorWorld } from '../../support/doctor-world.ts';

let world: DoctorWorld;
beforeEach(async () => {
  world = await startDoctorWorld();
});
afterEach(() => world.stop());

const proofs = async () => (await world.examine()).prove();

describe('what an organization shows of our assumptions', () => {
  it('is confirmed where the fake was built on them', async () => {
    const found = await proofs();
    const confirmed = [...found.values()].filter(({ verdict }) => verdict === 'confirmed');
    expect(confirmed.map(({ id }) => id)).toEqual([
      'cloud',
      'secret',
      'columns',
      'names.mailboxstatistics',
      'names.tracelog',
      'names.exchangesyncidmapping',
      'names.emailserverprofile',
      'names.systemform',
      'privilege-names',
      'change-tracking',
      'expired-token',
      'annotations',
      'limits',
      'concurrency',
      'graph-roles',
    ]);
    expect([...found.values()].filter(({ verdict }) => verdict === 'refuted')).toEqual([]);
  });

  it('leaves open what it does not use, and what only a change can show, with what to try', async () => {
    const found = await proofs();
    expect(found.get('managed-identity')?.seen.en).toBe('This bot signs in by secret.');
    for (const id of ['silent-no-op', 'cancel-pending-send']) {
      expect(found.get(id)?.verdict).toBe('open');
      expect(found.get(id)?.byHand?.sv).toBeTruthy();
    }
  });

  it('is shown by the connection that the bot’s own token service answers for', async () => {
    const connection = async () => ({ exchange: { uri: `api://botid-${BOT}` } });
    const examined = await world.examine({ oauthConnection: 'dynamics', connection });
    expect((await examined.prove()).get('connection-answers')?.verdict).toBe('confirmed');
    expect((await proofs()).get('connection-answers')?.verdict).toBe('open');
  });

  it('writes nothing', async () => {
    await proofs();
    expect(new Set(world.organization.seen.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('sees a further page, and changes that are tracked', async () => {
    world.organization.add('mailbox', { name: 'another' });
    world.organization.setChangeTracking('mailbox', true);
    const found = await proofs();
    expect(found.get('paging')?.verdict).toBe('confirmed');
    expect(found.get('change-tracking')).toMatchObject({
      verdict: 'confirmed',
      seen: { en: 'ChangeTrackingEnabled true: 200' },
    });
  });

  it('is refuted by an organization that does otherwise', async () => {
    world.nameAuthority('https://login.microsoftonline.us');
    expect((await proofs()).get('cloud')).toMatchObject({
      verdict: 'refuted',
      seen: {
        en: 'We ask https://login.microsoftonline.com; the organization names https://login.microsoftonline.us.',
      },
    });
  });

  it('does not claim what could not be read', async () => {
    world.reader(READER.filter((name) => name !== 'prvReadMailbox'));
    const found = await proofs();
    expect(found.get('columns')).toMatchObject({
      verdict: 'open',
      seen: { en: 'Not read: mailbox.' },
    });
    expect(found.get('paging')?.seen.en).toBe('Not observed, because of: Table mailbox.');
  });
});

it('a report for strangers names no person, no key and no organization', () => {
  const text =
    'contoso.crm4.dynamics.com: user 22222222-3333-4444-8555-666666666666, åsa.öberg@contoso.se, 403';
  expect(redacted(text, ['contoso.crm4.dynamics.com'])).toBe(
    '<organization>: user <id>, <address>, 403',
  );
});
