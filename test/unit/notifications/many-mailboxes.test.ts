import { describe, expect, it } from 'vitest';
import type { CollectionName, Transaction } from '../../../services/store/index.ts';
import {
  answersAgain,
  createWorld,
  disabled,
  type EventBody,
  enabled,
  manyMailboxes,
  retrying,
} from './notification-world.ts';

interface Cost {
  calls: number;
  /** Records that questions returned: what a store has to touch. */
  read: number;
}

function counting(transaction: Transaction, cost: Cost): Transaction {
  return {
    async get(collection, id) {
      cost.calls += 1;
      return transaction.get(collection, id);
    },
    async find<Name extends CollectionName>(
      ...question: Parameters<typeof transaction.find<Name>>
    ) {
      cost.calls += 1;
      const found = await transaction.find<Name>(...question);
      cost.read += found.length;
      return found;
    },
    async put(collection, record) {
      cost.calls += 1;
      return transaction.put(collection, record);
    },
    async remove(collection, id) {
      cost.calls += 1;
      return transaction.remove(collection, id);
    },
    audit: (entry) => transaction.audit(entry),
    afterCommit: (work) => {
      transaction.afterCommit(work);
    },
  };
}

/** What one outage of a whole profile costs the store until all mailboxes work again. */
async function costOfOutage(count: number): Promise<Cost> {
  const world = await createWorld({ mailboxes: manyMailboxes(count) });
  // What events cost is counted here, not what deliveries cost.
  await world.notifications.stop();
  const cost: Cost = { calls: 0, read: 0 };
  let number = 0;
  const all = async (body: EventBody): Promise<void> => {
    await world.store.transact(async (transaction) => {
      const counted = counting(transaction, cost);
      for (let mailbox = 1; mailbox <= count; mailbox += 1) {
        number += 1;
        const event = {
          id: `event-${number}`,
          at: '2026-11-23T08:00:00.000Z',
          mailboxId: `m${mailbox}`,
          profileId: 'exchange',
          ...body,
        };
        await world.notifications.sink(event as never, counted);
      }
    });
  };
  await all(retrying(1, world.scheduler.now()));
  await all(disabled());
  // The owners' cards stand; a copy each, as after delivery.
  await world.store.transact(async (transaction) => {
    for (const row of await transaction.find('outbox')) {
      if (row.work.kind !== 'send' || row.work.reference.card !== 'incident') continue;
      const { recipientId, reference } = row.work;
      const suffix = reference.audience === 'informed' ? ':informed' : '';
      const copy = {
        id: `conversation-${recipientId}:1`,
        conversationId: `conversation-${recipientId}`,
        activityId: '1',
        viewerId: recipientId,
        reference,
        subject: `incident:${reference.incidentId}${suffix}`,
      };
      await transaction.put('cardCopies', copy);
    }
  });
  await all(answersAgain);
  await all(enabled);
  expect(await world.incidents()).toMatchObject([{ state: 'closed', mailboxCount: count }]);
  expect(await world.store.find('cardCopies')).toHaveLength(count + 1);
  return cost;
}

describe('10 000 mailboxes of one profile', () => {
  it('cost ten times what 1 000 cost, from the first retry until all work again', {
    timeout: 60_000,
  }, async () => {
    const small = await costOfOutage(1_000);
    const large = await costOfOutage(10_000);
    expect(large.calls / small.calls).toBeLessThan(10.5);
    expect(large.read / small.read).toBeLessThan(10.5);
    expect(large.calls / (4 * 10_000)).toBeLessThan(25);
  });
});
