import { describe, expect, it } from 'vitest';
import { HOUR_MS, instantOf } from '../../../../services/domain/time.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const DAY_MS = 24 * HOUR_MS;

async function submit(world: SyncWorld, subject: string): Promise<void> {
  await world.engine.submit({ mailboxId: ANNA, subject, to: ['b@fabrikam.test'], text: '' }, by());
}

/** Two messages of the day before yesterday, one of today; nothing is enabled. */
async function worldWithOldMessages(): Promise<SyncWorld & { readonly today: string }> {
  const world = await createSyncWorld();
  await submit(world, 'Old 1');
  await submit(world, 'Old 2');
  await world.scheduler.advance(2 * DAY_MS);
  const today = instantOf(world.scheduler.now()).slice(0, 10);
  await submit(world, 'New');
  return { ...world, today };
}

const sent = (world: SyncWorld): string[] => world.smtp.accepted.map(({ subject }) => subject);

describe('messages that wait', () => {
  it('are listed by age before their mailbox is enabled', async () => {
    const world = await worldWithOldMessages();
    const days = await world.engine.waitingByDay(ANNA);
    expect(days.map(({ waiting, held }) => [waiting, held])).toEqual([
      [2, 0],
      [1, 0],
    ]);
    expect(days[1]?.day).toBe(world.today);
  });

  it('and are held do not go when their mailbox is enabled, until they are released', async () => {
    const world = await worldWithOldMessages();
    const held = await world.engine.holdMessages(ANNA, `${world.today}T00:00:00.000Z`, by());
    expect(held).toMatchObject({ kind: 'changed', count: 2, mailbox: { pendingSend: 1 } });
    const run = await world.tested();
    expect(run.releasedMessages).toBe(1);
    await world.scheduler.advance(HOUR_MS);
    expect(sent(world)).toEqual(['New']);
    expect(await world.engine.pendingMessages(ANNA)).toMatchObject([
      { why: 'held', message: { state: 'held' } },
      { why: 'held' },
    ]);
    const released = await world.engine.releaseMessages(ANNA, null, by());
    expect(released).toMatchObject({ count: 2 });
    await world.scheduler.advance(0);
    expect(sent(world).sort()).toEqual(['New', 'Old 1', 'Old 2']);
  });

  it('and are cancelled never go, held or not', async () => {
    const world = await worldWithOldMessages();
    await world.engine.holdMessages(ANNA, `${world.today}T00:00:00.000Z`, by());
    expect(await world.engine.cancelMessages(ANNA, null, by())).toMatchObject({ count: 3 });
    expect(await world.engine.pendingMessages(ANNA)).toEqual([]);
    await world.tested();
    await world.engine.releaseMessages(ANNA, null, by());
    await world.scheduler.advance(HOUR_MS);
    expect(sent(world)).toEqual([]);
    expect(world.eventsOf('waiting-messages-changed').map(({ change }) => change)).toEqual([
      'held',
      'cancelled',
    ]);
  });

  it('go no more once the address is rejected, also those of the turn that has begun', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world, 'One');
    await submit(world, 'Other');
    const gate = world.smtp.holds();
    const cycle = world.scheduler.advance(0);
    await gate.begun;
    expect(await world.engine.reject(ANNA, by())).toMatchObject({ kind: 'rejected' });
    gate.go();
    await cycle;
    await world.scheduler.advance(HOUR_MS);
    expect(sent(world)).toHaveLength(1);
    expect(await world.engine.pendingMessages(ANNA)).toMatchObject([
      { why: 'address-not-approved' },
    ]);
  });

  it('may be held while others are being sent: what was listed to go and is held stays', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world, 'One');
    await submit(world, 'Other');
    const gate = world.smtp.holds();
    const cycle = world.scheduler.advance(0);
    await gate.begun;
    const held = await world.engine.holdMessages(ANNA, null, by());
    // One is being sent already and may have arrived.
    expect(held).toMatchObject({ count: 1 });
    gate.go();
    await cycle;
    expect(sent(world)).toHaveLength(1);
    expect(await world.engine.waitingByDay(ANNA)).toMatchObject([{ waiting: 0, held: 1 }]);
  });
});
