import { describe, expect, it } from 'vitest';
import type { AlertWall } from '../../../../services/domain/alert-wall.ts';
import { idOf } from '../../../../services/domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import {
  CERTIFICATE_EXPIRED,
  PORT_REFUSED,
  WRONG_PASSWORD,
} from '../../../support/scripted-probe.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const MAILBOX: AlertWall = { of: 'mailbox', mailboxId: ANNA };
const PROFILE: AlertWall = { of: 'profile', profileId: idOf('imap') };
const person = (id: string): AlertWall => ({ of: 'person', userId: idOf(id) });
/** A wrong password is then the mailbox's own trouble. */
const OWN = { credentialSource: 'mailbox' } as const;
const OLGA = idOf<typeof ANNA>('olga');
const KIMS = ['kim-1', 'kim-2'].map((id) => idOf<typeof ANNA>(id));

async function wall(world: SyncWorld, of: AlertWall, state: 'open' | 'any' = 'open') {
  const found = await world.engine.alerts({ wall: of, state, limit: 50 });
  return found.map(({ alert, open }) => ({ ...alert, open }));
}

const topics = (alerts: readonly { readonly topic: string }[]): string[] =>
  alerts.map(({ topic }) => topic.replace('topic-of-', ''));

describe('The wall of a mailbox', () => {
  it('holds what is wrong with it, and keeps it among the closed ones once it is put right', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'], ...OWN });
    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(MINUTE_MS);
    expect(await wall(world, MAILBOX)).toMatchObject([
      { level: 'error', scope: 'mailbox', direction: 'incoming', open: true },
    ]);
    expect(await wall(world, PROFILE, 'any')).toEqual([]);
    world.imap.works();
    await world.tested();
    expect(topics(await wall(world, MAILBOX))).not.toContain('credentials-rejected');
    expect(await wall(world, MAILBOX, 'any')).toContainEqual(
      expect.objectContaining({ topic: 'topic-of-credentials-rejected', open: false }),
    );
  });

  it('tells of a success for a day, or until something fails', async () => {
    const world = await createSyncWorld(OWN);
    const run = await world.tested();
    const told = await wall(world, MAILBOX);
    expect(told).toMatchObject(
      ['incoming', 'outgoing'].map((direction) => ({
        topic: 'test-enable-success',
        level: 'information',
        direction,
        scope: 'mailbox',
      })),
    );
    expect(run.raisedAlerts).toEqual(told.map(({ id }) => id));
    expect(await world.engine.openAlerts(ANNA)).toEqual([]);

    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(HOUR_MS);
    expect(topics(await wall(world, MAILBOX))).toEqual([
      'credentials-rejected',
      'test-enable-success',
    ]);
    await world.scheduler.advance(24 * HOUR_MS);
    expect(topics(await wall(world, MAILBOX))).toEqual(['credentials-rejected']);
  });
});

describe('The wall of a profile', () => {
  it('holds one alert for a condition of all its mailboxes, as long as one of them suffers', async () => {
    const world = await createSyncWorld();
    await world.tested();
    for (const kim of KIMS) await world.tested(kim);
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(13 * MINUTE_MS);
    expect(await wall(world, PROFILE)).toMatchObject([
      { topic: 'topic-of-certificate-expired', level: 'error', mailboxId: null, affected: 3 },
    ]);
    expect(await wall(world, MAILBOX)).toContainEqual(
      expect.objectContaining({ topic: 'topic-of-certificate-expired', scope: 'profile' }),
    );
    world.imap.works();
    await world.tested();
    expect(await wall(world, PROFILE)).toMatchObject([{ affected: 2 }]);
    for (const kim of KIMS) await world.tested(kim);
    expect(await wall(world, PROFILE)).toEqual([]);
    expect(await wall(world, PROFILE, 'any')).toMatchObject([{ affected: 0, open: false }]);
  });

  it('counts a mailbox once, whose directions suffer from the same', async () => {
    const world = await createSyncWorld();
    await world.engine.approve(OLGA, by());
    await world.tested(OLGA);
    world.graph.fails(PORT_REFUSED);
    await world.scheduler.advance(17 * MINUTE_MS);
    expect(await world.engine.openAlerts(OLGA)).toHaveLength(2);
    const profile: AlertWall = { of: 'profile', profileId: idOf('exchange-online') };
    expect(await wall(world, profile)).toMatchObject([{ level: 'warning', affected: 1 }]);
    world.graph.works();
    await world.scheduler.advance(6 * MINUTE_MS);
    expect(await wall(world, profile)).toEqual([]);
  });
});

describe('The wall of a person', () => {
  it('is that of their mailboxes and of their profiles, and of nobody else', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'], ...OWN });
    await world.tested(idOf('kim-1'));
    world.imap.answers(({ address }) =>
      address.startsWith('kim') ? CERTIFICATE_EXPIRED : WRONG_PASSWORD,
    );
    await world.scheduler.advance(15 * MINUTE_MS);
    expect(topics(await wall(world, person('anna')))).toEqual(['credentials-rejected']);
    expect(await wall(world, person('kim-1'))).toContainEqual(
      expect.objectContaining({ topic: 'topic-of-certificate-expired', mailboxId: 'kim-1' }),
    );
    expect(await wall(world, person('profile-owner'))).toMatchObject([
      { topic: 'topic-of-certificate-expired', mailboxId: null },
    ]);
    expect(await wall(world, person('olga'))).toEqual([]);
  });

  it('ends at the limit, what holds before what has been', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'], ...OWN });
    world.imap.fails(PORT_REFUSED);
    await world.scheduler.advance(MINUTE_MS);
    world.imap.works();
    await world.scheduler.advance(6 * MINUTE_MS);
    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(20 * MINUTE_MS);
    const found = await world.engine.alerts({ wall: person('anna'), state: 'any', limit: 1 });
    expect(found).toMatchObject([
      { alert: { topic: 'topic-of-credentials-rejected' }, open: true },
    ]);
  });
});
