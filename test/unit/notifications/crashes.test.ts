import { describe, expect, it } from 'vitest';
import { AppError } from '../../../services/observability/index.ts';
import { createWorld, disabled, failureOf, manyMailboxes, retrying } from './notification-world.ts';

const failure = failureOf({ scope: 'mailbox' });

describe('an event and what people are told of it', () => {
  it('are written together or not at all', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    const lost = world.store.transact(async (transaction) => {
      const event = {
        id: 'event-lost',
        at: '2026-11-23T08:00:00.000Z',
        mailboxId: 'anna',
        profileId: null,
        ...disabled(failure),
      };
      await world.notifications.sink(event as never, transaction);
      throw new AppError('unexpected', 'the engine broke after the sink');
    });
    await expect(lost).rejects.toThrow('the engine broke');
    await world.passes(60_000);
    expect(await world.incidents()).toEqual([]);
    expect(await world.rows()).toEqual([]);
    expect(await world.store.find('incidentMembers')).toEqual([]);
    expect(world.messenger.asked).toEqual([]);
  });

  it('are not delivered when the disk did not take them', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    world.disk.full = true;
    await expect(world.happens('anna', disabled(failure))).rejects.toThrow('store-write-failed');
    world.disk.full = false;
    await world.passes(60_000);
    expect(world.messenger.asked).toEqual([]);
  });
});

describe('a restart', () => {
  it('delivers what was due once, and nothing that was delivered', async () => {
    const world = await createWorld({ mailboxes: manyMailboxes(40) });
    // One bot may write forty times a second: nothing moves the clock, so some stay due.
    for (let number = 1; number <= 40; number += 1) {
      await world.happens(`m${number}`, retrying(1, world.scheduler.now(), failure));
      if (number === 20) await world.settled();
    }
    const after = await world.restarted();
    await after.passes(10_000, 1_000);
    const sends = [...world.messenger.asked, ...after.messenger.asked].filter(
      ({ kind }) => kind === 'send',
    );
    expect(world.messenger.asked.length).toBeGreaterThanOrEqual(20);
    expect(sends.map(({ recipientId }) => recipientId).sort()).toEqual(
      Array.from({ length: 40 }, (_, index) => `owner-${index + 1}`).sort(),
    );
  });

  it('keeps a retry waiting for its time', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    world.messenger.answers(() => ({ kind: 'retry', afterMs: 60_000, answer: '429' }));
    await world.happens('anna', disabled(failure));
    await world.settled();
    const after = await world.restarted();
    await after.passes(59_000, 1_000);
    expect(after.messenger.asked).toEqual([]);
    await after.passes(2_000);
    expect(after.messenger.asked).toHaveLength(1);
  });

  it('stopping lets what is under way end and starts nothing else', async () => {
    const world = await createWorld({ mailboxes: manyMailboxes(30) });
    const held = world.messenger.holds();
    for (let number = 1; number <= 30; number += 1) {
      await world.happens(`m${number}`, retrying(1, world.scheduler.now(), failure));
    }
    await held.begun;
    const stopped = world.notifications.stop();
    held.go();
    await stopped;
    expect(world.messenger.asked.length).toBeLessThanOrEqual(8);
    const states = (await world.rows()).map(({ state }) => state);
    expect(states.filter((state) => state === 'delivered')).toHaveLength(
      world.messenger.asked.length,
    );
    expect(states.filter((state) => state === 'due')).toHaveLength(
      30 - world.messenger.asked.length,
    );
  });
});

describe('a store that cannot write for a while', () => {
  it('does not make a card be sent twice', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    const held = world.messenger.holds();
    await world.happens('anna', disabled(failure));
    await held.begun;
    world.disk.full = true;
    held.go();
    await world.passes(20_000, 1_000);
    world.disk.full = false;
    await world.passes(60_000, 1_000);
    expect(world.messenger.asked).toHaveLength(1);
    expect(await world.row('anna-owner')).toMatchObject({ state: 'delivered' });
  });
});
