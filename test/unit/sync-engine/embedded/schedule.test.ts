import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import type { Direction } from '../../../../services/domain/mailbox.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { PORT_REFUSED } from '../../../support/scripted-probe.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const OLGA = idOf<MailboxId>('olga');
const START_MS = Date.parse('2026-11-23T08:00:00.000Z');

function minutesOf(world: SyncWorld, direction: Direction, mailboxId = ANNA): readonly number[] {
  return world.turns
    .filter((turn) => turn.direction === direction && turn.mailboxId === mailboxId)
    .map(({ startedAt }) => (Date.parse(startedAt) - START_MS) / MINUTE_MS);
}

async function submit({ engine }: SyncWorld): Promise<void> {
  await engine.submit({ mailboxId: ANNA, subject: 'Offer', to: ['b@x.test'], text: 'Hi' }, by());
}

describe('a mailbox that is enabled', () => {
  it('is looked at every five minutes, and less and less often once it has been idle for an hour', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    await world.scheduler.advance(2 * HOUR_MS);
    expect(minutesOf(world, 'incoming')).toEqual([
      0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 61, 69, 79, 91, 103, 115,
    ]);
  });

  it('is looked at again after two minutes when a message has waited for more than one turn', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    for (let message = 0; message < 101; message += 1) await submit(world);
    await world.scheduler.advance(5 * MINUTE_MS);
    expect(minutesOf(world, 'outgoing')).toEqual([0, 2, 4]);
    expect(world.turns.map(({ itemsProcessed }) => itemsProcessed)).toEqual([100, 1, 0]);
  });

  it('has its appointments, contacts and tasks looked at every quarter of an hour', async () => {
    const world = await createSyncWorld();
    await world.engine.approve(OLGA, by());
    await world.tested(OLGA);
    await world.scheduler.advance(HOUR_MS);
    expect(minutesOf(world, 'act', OLGA)).toEqual([15, 30, 45, 60]);
    expect(minutesOf(world, 'incoming', OLGA).slice(0, 3)).toEqual([5, 10, 15]);
  });

  it('is looked at like any other after Test & Enable, however idle it was', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    await world.scheduler.advance(4 * HOUR_MS);
    await world.tested();
    await world.scheduler.advance(10 * MINUTE_MS);
    expect(minutesOf(world, 'incoming').slice(-2)).toEqual([245, 250]);
  });
});

describe('a server for outgoing mail', () => {
  it('is left alone while nothing waits to be sent', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await world.scheduler.advance(HOUR_MS);
    expect(world.smtp.requests).toEqual([]);
    expect(new Set(world.turns.map(({ outcome }) => outcome))).toEqual(new Set(['idle']));
    expect(await world.direction('outgoing')).toMatchObject({ enabled: true, status: 'not-run' });
  });

  it('gets a message within two minutes of its being handed in, however idle the mailbox was', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await world.scheduler.advance(4 * HOUR_MS);
    await submit(world);
    await world.scheduler.advance(2 * MINUTE_MS);
    expect(world.smtp.accepted).toHaveLength(1);
    expect(await world.direction('outgoing')).toMatchObject({ status: 'success' });
  });

  it('that fails is retried without haste when more messages are handed in', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world);
    world.smtp.fails(PORT_REFUSED);
    await world.scheduler.advance(0);
    await submit(world);
    await world.scheduler.advance(5 * MINUTE_MS - 1);
    expect(await world.direction('outgoing')).toMatchObject({ transientFailures: 1 });
  });

  it('that failed is tried until it answers, also when the message has been cancelled', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world);
    world.smtp.fails(PORT_REFUSED);
    await world.scheduler.advance(0);
    await world.engine.cancelMessages(ANNA, null, by());
    world.smtp.works();
    await world.scheduler.advance(5 * MINUTE_MS);
    expect(world.eventsOf('direction-recovered')).toHaveLength(1);
    expect(world.smtp.accepted).toEqual([]);
  });

  it('is told nothing of a mailbox whose address was rejected, and the direction is disabled', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await world.engine.reject(ANNA, by());
    await world.scheduler.advance(0);
    expect(world.eventsOf('direction-disabled')).toMatchObject([{ direction: 'outgoing' }]);
    expect(world.smtp.requests).toEqual([]);
  });
});

describe('a look that breaks', () => {
  it('does not end the schedule: the next one comes after five minutes', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    let looks = 0;
    world.imap.answers(() => {
      looks += 1;
      if (looks === 1) throw new RangeError('a library broke');
      return null;
    });
    await world.scheduler.advance(0);
    expect(world.turns).toEqual([]);
    await world.scheduler.advance(5 * MINUTE_MS);
    expect(world.turns).toMatchObject([{ outcome: 'passed' }]);
  });

  it('because the disk is full does not end the schedule either', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(PORT_REFUSED);
    world.disk.full = true;
    await world.scheduler.advance(12 * MINUTE_MS);
    expect(world.events).toEqual([]);
    world.disk.full = false;
    await world.scheduler.advance(5 * MINUTE_MS);
    expect(world.eventsOf('direction-retrying')).toMatchObject([{ attempt: 1 }]);
  });
});

describe('a mailbox whose server does not answer', () => {
  it('is sent from all the same, when another server sends', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    const blackHole = world.imap.holds();
    const stuck = world.scheduler.advance(0);
    await blackHole.begun;
    await submit(world);
    await world.scheduler.advance(2 * MINUTE_MS);
    expect(world.smtp.accepted).toHaveLength(1);
    blackHole.go();
    await stuck;
  });
});
