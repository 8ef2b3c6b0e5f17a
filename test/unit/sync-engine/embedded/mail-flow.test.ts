import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const OLGA = idOf<typeof ANNA>('olga');

async function submit(world: SyncWorld, id: typeof ANNA, recipients: number): Promise<void> {
  const to = Array.from({ length: recipients }, (_, index) => `kund${index}@fabrikam.test`);
  await world.engine.submit({ mailboxId: id, subject: 'News', to, text: '' }, by());
}

/** Olga has everything by Exchange Online. */
async function enabledOnline(): Promise<SyncWorld> {
  const world = await createSyncWorld();
  await world.engine.approve(OLGA, by());
  await world.tested(OLGA);
  return world;
}

describe('the limits of Exchange Online', () => {
  it('are warned of before the recipients of a day are used up, once', async () => {
    const world = await enabledOnline();
    for (let message = 0; message < 17; message++) await submit(world, OLGA, 500);
    await world.scheduler.advance(HOUR_MS);
    const warned = world
      .eventsOf('limit-near')
      .filter(({ use }) => use.limit === 'recipients-per-day');
    expect(warned).toMatchObject([{ mailboxId: OLGA, use: { used: 8_000, level: 'near' } }]);
    const limits = await world.engine.limits(OLGA);
    expect(limits).toContainEqual(
      expect.objectContaining({ limit: 'recipients-per-day', used: 8_500, allowed: 10_000 }),
    );
  });

  it('are told as a warning of the mailbox, which ends when the use has eased', async () => {
    const world = await enabledOnline();
    for (let message = 0; message < 17; message++) await submit(world, OLGA, 500);
    await world.scheduler.advance(HOUR_MS);
    const open = () => world.engine.earlyWarnings({ by: 'mailbox', mailboxId: OLGA });
    expect(await open()).toMatchObject([
      {
        mailboxId: OLGA,
        topic: 'exchange-online-limits',
        level: 'near',
        trouble: { kind: 'limit-near', use: { limit: 'recipients-per-day' } },
      },
    ]);
    await world.scheduler.advance(26 * HOUR_MS);
    expect(await open()).toEqual([]);
    expect(world.eventsOf('early-warning-ended')).toHaveLength(1);
  });

  it('are warned of when an inbox grows by thousands within the hour', async () => {
    const world = await enabledOnline();
    world.graph.holdsMessages({ newest: 'one', count: 100 });
    await world.scheduler.advance(6 * MINUTE_MS);
    world.graph.holdsMessages({ newest: 'two', count: 1_600 });
    await world.scheduler.advance(5 * MINUTE_MS);
    expect(world.eventsOf('limit-near')).toEqual([]);
    world.graph.holdsMessages({ newest: 'three', count: 3_100 });
    await world.scheduler.advance(5 * MINUTE_MS);
    expect(world.eventsOf('limit-near')).toMatchObject([
      { use: { limit: 'received-per-hour', used: 3_000, allowed: 3_600, level: 'near' } },
    ]);
  });

  it('count what the server lists as new, however much of it was moved away since', async () => {
    const world = await enabledOnline();
    world.graph.holdsMessages({ newest: 'one', count: 100 });
    await world.scheduler.advance(6 * MINUTE_MS);
    world.graph.holdsMessages({ newest: 'two', count: 90, arrived: 2_900 });
    await world.scheduler.advance(5 * MINUTE_MS);
    expect(world.eventsOf('limit-near')).toMatchObject([
      { use: { limit: 'received-per-hour', used: 2_900, level: 'near' } },
    ]);
    const looks = world.graph.requests.filter(({ direction }) => direction === 'incoming');
    expect(looks.map(({ lastSeenUid }) => lastSeenUid)).toEqual(
      expect.arrayContaining([null, 'one']),
    );
  });

  it('write nothing for a mailbox in which nothing happens', async () => {
    const world = await enabledOnline();
    world.graph.holdsMessages({ newest: 'one', count: 100 });
    await world.scheduler.advance(6 * MINUTE_MS);
    const flow = await world.store.get('mailFlows', OLGA);
    await world.scheduler.advance(HOUR_MS);
    expect(await world.store.get('mailFlows', OLGA)).toBe(flow);
  });

  it('are not those of other servers', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world, ANNA, 9_000);
    await world.scheduler.advance(HOUR_MS);
    expect(world.smtp.accepted).toHaveLength(1);
    expect(world.eventsOf('limit-near')).toEqual([]);
    expect(await world.engine.limits(ANNA)).toEqual([]);
  });
});
