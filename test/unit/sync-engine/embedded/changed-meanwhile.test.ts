import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId, type ProfileId } from '../../../../services/domain/ids.ts';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import {
  type ChangeableRegistry,
  createChangeableRegistry,
} from '../../../../services/sync-engine/embedded/changeable-registry.ts';
import type { Registry } from '../../../../services/sync-engine/embedded/registry.ts';
import { placesByMailboxes } from '../../../../services/sync-engine/embedded/server-places.ts';
import { PORT_REFUSED } from '../../../support/scripted-probe.ts';
import { by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const IMAP = idOf<ProfileId>('imap');

async function moved({ engine }: SyncWorld, side: 'incoming' | 'outgoing', host: string) {
  const change = { kind: 'set-endpoint', side, host, port: 1993, tls: 'implicit' } as const;
  expect((await engine.changeProfile(IMAP, change, by())).kind).toBe('changed');
}

const hostsOf = ({ requests }: SyncWorld['imap']) => requests.map(({ endpoint }) => endpoint.host);

describe('an attempt that was under way when its profile was changed', () => {
  it('does not count in a test: the direction is tested once more, at the new address', async () => {
    const world = await createSyncWorld();
    const held = world.imap.holds();
    world.imap.fails({ ...PORT_REFUSED, nature: 'permanent' });
    const started = await world.engine.testAndEnable(idOf('anna'), by());
    if (started.kind !== 'started') throw new TypeError(started.kind);
    await held.begun;
    await moved(world, 'incoming', 'new.contoso.test');
    world.imap.answers(() => (world.imap.requests.length === 1 ? PORT_REFUSED : null));
    held.go();
    const run = await world.finished(started.testRunId);
    expect(run.results).toMatchObject({
      incoming: { outcome: 'passed' },
      outgoing: { outcome: 'passed' },
    });
    expect(hostsOf(world.imap).slice(0, 2)).toEqual(['mail.contoso.test', 'new.contoso.test']);
    expect(await world.engine.openAlerts(idOf('anna'))).toEqual([]);
  });

  it('does not count in the cycle: the turn begins again, at the new address', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    const held = world.imap.holds();
    world.imap.answers(() => (world.imap.requests.length === 1 ? PORT_REFUSED : null));
    const advanced = world.scheduler.advance(12 * MINUTE_MS);
    await held.begun;
    await moved(world, 'incoming', 'new.contoso.test');
    held.go();
    await advanced;
    expect(hostsOf(world.imap).slice(0, 2)).toEqual(['mail.contoso.test', 'new.contoso.test']);
    expect((await world.mailbox()).directions.incoming).toMatchObject({
      enabled: true,
      transientFailures: 0,
      lastFailure: null,
    });
    expect(world.eventsOf('direction-recovered')).toEqual([]);
  });
});

describe('the places of a server', () => {
  const server = { host: 'old.test', port: 993 };

  /** 2 000 mailboxes of one profile at old.test, and 10 of another at other.test. */
  function twoProfiles(): ChangeableRegistry {
    const endpoint = { protocol: 'imap', ...server, tls: 'implicit' };
    const smtp = { ...endpoint, protocol: 'smtp', port: 465 };
    const profile = (id: string, host: string) => ({
      profile: { id, incoming: { ...endpoint, host }, outgoing: { ...smtp, host } },
    });
    const mailboxes = Array.from({ length: 2010 }, (_, n) => ({
      id: `m${n}`,
      address: `m${n}@contoso.test`,
      profileId: n < 2000 ? 'large' : 'small',
      methods: {},
    }));
    return createChangeableRegistry({
      profiles: new Map([
        ['large', profile('large', 'old.test')],
        ['small', profile('small', 'other.test')],
      ]),
      mailboxes: new Map(mailboxes.map((one) => [idOf<MailboxId>(one.id), one])),
    } as unknown as Registry);
  }

  it('follow a profile whose host was changed, on the server that it left and on the one it came to', () => {
    const changeable = twoProfiles();
    const places = placesByMailboxes(changeable);
    expect(['old.test:993', 'other.test:993'].map(places)).toEqual([8, 4]);
    changeable.lay({
      id: 'large:incoming',
      part: 'incoming',
      profileId: idOf('large'),
      over: { ...server, tls: 'implicit' },
      now: { host: 'other.test', port: 993, tls: 'implicit' },
      at: idOf('2026-11-24T03:00:00.000Z'),
      by: idOf('admin'),
      overruledAt: null,
    });
    expect(['old.test:993', 'other.test:993'].map(places)).toEqual([4, 9]);
  });
});
