import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import type { EmailServerProfile } from '../../../../services/domain/profile.ts';
import type { SeenServer } from '../../../../services/domain/server-sight.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { createLook, mayBeCalled } from '../../../../services/probes/index.ts';
import { createSights, type Sights } from '../../../../services/sync-engine/dataverse/sights.ts';
import { createAlertFor } from '../../../../services/sync-engine/index.ts';
import { type MailServers, startMailServers } from '../../../demo/servers/index.ts';
import { createFakeScheduler } from '../../../support/fake-scheduler.ts';
import { createMemoryDisk } from '../../../support/memory-store.ts';
import { readMailbox, readProfile } from '../../../support/read-mailbox.ts';
import { createSeenWorld, type SeenWorld } from '../../../support/seen-world.ts';
import { silentLog } from '../../../support/silent-log.ts';

const BERIT = idOf<MailboxId>('berit');
const DAY_MS = 24 * HOUR_MS;

let servers: MailServers;
let world: SeenWorld;
let looked: string[];
beforeAll(async () => {
  servers = await startMailServers({ domain: 'contoso.test', users: { berit: 'x' } });
});
afterAll(() => servers.stop());
beforeEach(async () => {
  servers.certificate('good');
  looked = [];
  // The servers' certificates are made today.
  const clock = createFakeScheduler(performance.timeOrigin + performance.now());
  world = createSeenWorld({ disk: createMemoryDisk(), clock, events: [] });
});

function profileOf(changes: Partial<EmailServerProfile> = {}): EmailServerProfile {
  return readProfile({
    id: idOf('own'),
    serverType: 'imap-smtp',
    incoming: {
      protocol: 'imap',
      host: 'localhost',
      port: servers.imap.ports.implicit,
      tls: 'implicit',
    },
    outgoing: {
      protocol: 'smtp',
      host: 'localhost',
      port: servers.smtp.ports.starttls,
      tls: 'starttls',
    },
    ...changes,
  });
}

/** Sights of mailboxes of one profile; the engine has read them before. */
async function sightsOf(
  mailboxes: readonly string[] = ['berit'],
  profile: EmailServerProfile = profileOf(),
  mayCall: ((address: string) => boolean) | 'off' = () => true,
): Promise<Sights> {
  const look = createLook();
  await world.store.transact(async (transaction) => {
    const organizationId = idOf<never>('contoso');
    await transaction.put('seenProfiles', { id: profile.id, organizationId, profile, version: 1 });
  });
  for (const id of mailboxes) await world.read(readMailbox({ id, profile: profile.id }));
  return createSights({
    store: world.store,
    scheduler: world.clock,
    log: silentLog,
    organizationId: idOf('contoso'),
    telling: world.telling,
    around: { organization: async () => undefined },
    alertFor: createAlertFor(() => []),
    look:
      mayCall === 'off'
        ? null
        : (request) => {
            looked.push(request.server.endpoint.protocol);
            return look(request);
          },
    mayCall: mayCall === 'off' ? () => false : mayCall,
    certificateAuthorities: [servers.certificateAuthority],
  });
}

async function seenBy(sights: Sights, id: MailboxId = BERIT): Promise<readonly SeenServer[]> {
  await sights.sights(id);
  await sights.settled();
  return sights.sights(id);
}

describe('the bot’s own look at the servers of a mailbox', () => {
  it('is taken in the background, told of once, and kept over a restart with its time', async () => {
    const sights = await sightsOf(['berit', 'bo']);
    expect(await sights.sights(BERIT)).toEqual([]);
    await sights.settled();
    const seen = await sights.sights(BERIT);
    expect(seen).toMatchObject([
      {
        directions: ['incoming'],
        sight: { outcome: 'well', signIn: expect.arrayContaining(['PLAIN']) as string[] },
      },
      { directions: ['outgoing'], sight: { outcome: 'well', reason: null } },
    ]);
    expect(world.events).toMatchObject([
      { kind: 'servers-seen', profileId: 'own', mailboxIds: ['berit', 'bo'] },
      { kind: 'servers-seen' },
    ]);
    world = world.restarted();
    expect(await (await sightsOf()).sights(BERIT)).toEqual(seen);
  });

  it('calls a server once in five minutes, however many ask, and tells only what is new', async () => {
    const sights = await sightsOf(['berit', 'bo']);
    for (const id of ['berit', 'bo', 'berit']) await seenBy(sights, idOf(id));
    expect(looked).toEqual(['imap', 'smtp']);
    const told = world.events.length;
    await world.clock.advance(6 * MINUTE_MS);
    await seenBy(sights);
    expect(looked).toHaveLength(4);
    expect(world.events).toHaveLength(told);
    await servers.imap.down();
    await world.clock.advance(6 * MINUTE_MS);
    const [incoming] = await seenBy(sights);
    await servers.imap.up();
    expect(incoming?.sight).toMatchObject({ outcome: 'unreached', reason: 'connection-refused' });
    expect(world.events.slice(told)).toMatchObject([{ kind: 'servers-seen' }]);
  });

  it('is not repeated because the program was started again', async () => {
    await seenBy(await sightsOf());
    world = world.restarted();
    await seenBy(await sightsOf());
    expect(looked).toHaveLength(2);
  });

  it('tells each profile of a server that two of them use', async () => {
    const both = await sightsOf();
    await sightsOf(['bo'], profileOf({ id: idOf('other') }));
    await both.sights(BERIT);
    await both.sights(idOf('bo'));
    await both.settled();
    expect(looked).toHaveLength(2);
    expect(world.events.map(({ profileId }) => profileId).sort()).toEqual([
      'other',
      'other',
      'own',
      'own',
    ]);
  });

  it('sees an expired certificate, and since when', async () => {
    servers.certificate('expired');
    const [incoming] = await seenBy(await sightsOf());
    expect(incoming?.sight).toMatchObject({
      outcome: 'wrong',
      reason: 'certificate-expired',
      certificate: null,
      certificateEndsAt: '2021-01-01T00:00:00.000Z',
    });
  });

  it('does not call this machine, where a person of Dynamics 365 named it', async () => {
    const sights = await sightsOf(['berit'], profileOf(), (address) =>
      mayBeCalled(address, 'internal'),
    );
    const [incoming] = await seenBy(sights);
    expect(incoming?.sight).toMatchObject({ outcome: 'not-looked', reason: null });
  });

  it('is not taken where it was switched off, and what was seen before is not told', async () => {
    await seenBy(await sightsOf());
    const sights = await sightsOf(['berit'], profileOf(), 'off');
    await world.clock.advance(HOUR_MS);
    await sights.start();
    expect(await seenBy(sights)).toEqual([]);
    expect(looked).toHaveLength(2);
    await sights.stop();
  });

  it('begins ten minutes after the first start at the latest, when the organization has been read', async () => {
    const sights = await sightsOf([]);
    await sights.start();
    await world.read(readMailbox({ profile: 'own' }));
    await world.clock.advance(10 * MINUTE_MS);
    await sights.settled();
    expect(looked).toEqual(['imap', 'smtp']);
    await sights.stop();
  });

  it('of a profile that names no server is none', async () => {
    const profile = profileOf({ serverType: 'exchange-server', autodiscover: false });
    expect(await seenBy(await sightsOf(['berit'], profile))).toEqual([]);
    expect(await seenBy(await sightsOf(), idOf('nobody'))).toEqual([]);
    expect(looked).toEqual([]);
  });
});

describe('what the look foretells', () => {
  const warnings = async (sights: Sights) =>
    (await sights.earlyWarnings({ by: 'mailbox', mailboxId: BERIT })).map(({ level }) => level);
  const told = () =>
    world.events.flatMap((event) =>
      'warning' in event ? [`${event.kind} ${event.warning.level}`] : [],
    );

  it('is a certificate that ends: told at each level once, and put right by the last server’s new one', async () => {
    servers.certificate('expires-soon');
    const sights = await sightsOf();
    await sights.start();
    await sights.settled();
    expect(await warnings(sights)).toEqual(['month']);
    for (const days of [10, 5, 4, 2]) {
      await world.clock.advance(days * DAY_MS);
      await sights.settled();
    }
    expect(told()).toEqual(
      ['month', 'week', 'day', 'over'].map((level) => `early-warning-raised ${level}`),
    );
    servers.imap.certificate('good');
    await world.clock.advance(6 * HOUR_MS);
    await sights.settled();
    expect(await warnings(sights)).toEqual(['over']);
    servers.smtp.certificate('good');
    await world.clock.advance(6 * HOUR_MS);
    await sights.settled();
    expect(await warnings(sights)).toEqual([]);
    expect(told().at(-1)).toBe('early-warning-ended over');
    await sights.stop();
  });

  it('comes nearer while the server cannot be reached', async () => {
    servers.certificate('expires-soon');
    const sights = await sightsOf();
    await seenBy(sights);
    await servers.down();
    await world.clock.advance(15 * DAY_MS);
    await seenBy(sights);
    await servers.up();
    expect(await warnings(sights)).toEqual(['week']);
  });
});
