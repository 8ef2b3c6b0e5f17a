import { describe, expect, it } from 'vitest';
import type { DeliveryAnswer } from '../../../services/notifications/index.ts';
import { recordAttempt } from '../../../services/notifications/record-attempt.ts';
import {
  createWorld,
  disabled,
  failureOf,
  recovered,
  retrying,
  type World,
} from './notification-world.ts';

const failure = failureOf({ scope: 'mailbox' });

async function annaFails(answer: DeliveryAnswer | null): Promise<World> {
  const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
  if (answer !== null) world.messenger.answers(() => answer);
  await world.happens('anna', retrying(1, world.scheduler.now(), failure));
  await world.settled();
  return world;
}

describe('a person without a conversation', () => {
  it('is recorded as such, and gets the card as it is when the conversation opens', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' }, reachable: [] });
    await world.happens('anna', disabled(failure));
    await world.passes(600_000);
    expect(world.messenger.asked).toEqual([]);
    expect(await world.row('anna-owner')).toMatchObject({ state: 'no-conversation', attempts: 0 });

    await world.opens('somebody-else');
    await world.settled();
    expect(world.messenger.asked).toEqual([]);
    await world.opens('anna-owner');
    await world.settled();
    expect(world.messenger.asked).toMatchObject([{ kind: 'send', recipientId: 'anna-owner' }]);
    expect(await world.row('anna-owner')).toMatchObject({ state: 'delivered' });
  });
});

describe('a conversation that opens while the deliverer finds none', () => {
  it('leaves the row due, for nobody else would wake it', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' }, reachable: [] });
    await world.notifications.stop();
    await world.happens('anna', disabled(failure));
    const row = await world.row('anna-owner');
    await world.opens('anna-owner');
    await recordAttempt(
      { kind: 'no-conversation', row: row! },
      { store: world.store, now: () => world.scheduler.now(), random: () => 0 },
    );
    expect(await world.row('anna-owner')).toMatchObject({ state: 'due' });
  });
});

describe('a person who blocked the bot', () => {
  it('is not written to again until the conversation opens, and then gets what still holds', async () => {
    const world = await annaFails({ kind: 'blocked', answer: '403 MessageWritesBlocked' });
    expect(await world.row('anna-owner')).toMatchObject({
      state: 'blocked',
      lastAnswer: '403 MessageWritesBlocked',
    });
    expect(await world.store.get('conversations', 'conversation-anna-owner')).toMatchObject({
      state: 'blocked',
    });
    await world.happens('anna', disabled(failure));
    await world.passes(600_000);
    expect(world.messenger.asked).toHaveLength(1);

    world.messenger.delivers();
    await world.opens('anna-owner');
    await world.settled();
    expect(world.messenger.asked).toHaveLength(2);
    expect(await world.row('anna-owner')).toMatchObject({ state: 'delivered', lastAnswer: null });
  });

  it('finds older cards true after unblocking', async () => {
    const world = await annaFails(null);
    world.messenger.answers(() => ({ kind: 'blocked', answer: '403' }));
    await world.happens('anna', disabled(failure));
    await world.settled();
    await world.happens('anna', recovered);
    await world.settled();
    world.messenger.delivers();
    const before = world.messenger.asked.length;
    await world.opens('anna-owner');
    await world.settled();
    expect(world.messenger.asked.slice(before)).toMatchObject([{ kind: 'update' }]);
  });

  it('but has spoken while the delivery was under way is asked again', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    const held = world.messenger.holds();
    world.messenger.answers(() => ({ kind: 'blocked', answer: '403' }));
    await world.happens('anna', retrying(1, world.scheduler.now(), failure));
    await held.begun;
    await world.scheduler.advance(1_000);
    await world.opens('anna-owner');
    held.go();
    await world.settled();
    expect(await world.store.get('conversations', 'conversation-anna-owner')).toMatchObject({
      state: 'reachable',
    });
    world.messenger.delivers();
    await world.passes(5_000);
    expect(await world.row('anna-owner')).toMatchObject({ state: 'delivered' });
  });
});

describe('a conversation that is gone', () => {
  it('is remembered as uninstalled, and the row says gone', async () => {
    const world = await annaFails({ kind: 'gone', answer: '404 ConversationNotFound' });
    expect(await world.row('anna-owner')).toMatchObject({ state: 'gone' });
    expect(await world.store.get('conversations', 'conversation-anna-owner')).toMatchObject({
      state: 'uninstalled',
    });
  });

  it('or a message that was deleted costs the copy only', async () => {
    const world = await annaFails(null);
    world.messenger.answers(() => ({ kind: 'gone', answer: '404 ActivityNotFoundInConversation' }));
    await world.happens('anna', disabled(failure));
    await world.settled();
    expect(await world.store.find('cardCopies')).toEqual([]);
    expect((await world.rows()).map(({ state }) => state)).toEqual(['delivered']);
    expect(await world.store.get('conversations', 'conversation-anna-owner')).toMatchObject({
      state: 'reachable',
    });
  });
});

describe('an answer worth another try', () => {
  it('429 is not asked again before the time it named, in the whole conversation', async () => {
    const world = await createWorld({ mailboxes: { a: 'anna-owner', b: 'anna-owner' } });
    world.messenger.answers(() => ({ kind: 'retry', afterMs: 90_000, answer: '429' }));
    await world.happens('a', retrying(1, world.scheduler.now(), failure));
    await world.settled();
    await world.happens('b', retrying(1, world.scheduler.now(), failure));
    await world.passes(89_000, 1_000);
    expect(world.messenger.asked).toHaveLength(1);
    world.messenger.delivers();
    await world.passes(2_000, 500);
    expect(world.messenger.asked).toHaveLength(3);
  });

  it('503 is tried at growing gaps, and fails for good after twelve', async () => {
    const world = await annaFails({ kind: 'retry', afterMs: 0, answer: '503' });
    await world.passes(2 * 3_600_000, 1_000);
    const times = world.messenger.asked.map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((at, index) => Math.round((at - (times[index] ?? 0)) / 1_000));
    expect(gaps).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
    expect(await world.row('anna-owner')).toMatchObject({
      state: 'failed',
      attempts: 12,
      lastAnswer: '503',
    });
  });

  it('is not hurried by news', async () => {
    const world = await annaFails(null);
    world.messenger.answers(() => ({ kind: 'retry', afterMs: 0, answer: '503' }));
    await world.happens('anna', retrying(2, world.scheduler.now(), failure));
    await world.passes(15_000, 1_000);
    const before = world.messenger.asked.length;
    // Four answers so far: the next is due 16 seconds after the last.
    expect(before).toBe(1 + 4);
    await world.happens('anna', disabled(failure));
    await world.passes(10_000, 1_000);
    expect(world.messenger.asked).toHaveLength(before);
  });

  it('gives the card another chance when the mailbox is disabled after all', async () => {
    const world = await annaFails({ kind: 'failed', answer: '413' });
    expect(await world.row('anna-owner')).toMatchObject({ state: 'failed', attempts: 1 });
    world.messenger.delivers();
    await world.happens('anna', retrying(2, world.scheduler.now(), failure));
    await world.settled();
    expect(world.messenger.asked).toHaveLength(1);
    await world.happens('anna', disabled(failure));
    await world.settled();
    expect(await world.row('anna-owner')).toMatchObject({ state: 'delivered' });
  });

  it('is what a messenger that breaks counts as', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    world.messenger.answers(() => {
      throw new TypeError('card without a title');
    });
    await world.happens('anna', retrying(1, world.scheduler.now(), failure));
    await world.passes(2 * 3_600_000, 60_000);
    expect(world.messenger.asked).toHaveLength(12);
    expect(await world.row('anna-owner')).toMatchObject({
      state: 'failed',
      lastAnswer: 'unexpected',
    });
  });
});
