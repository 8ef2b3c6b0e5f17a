import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId, type ProfileId } from '../../../services/domain/ids.ts';
import type { ProcessedTurn } from '../../../services/domain/processed-turn.ts';
import { HOUR_MS, instantOf, MINUTE_MS } from '../../../services/domain/time.ts';
import { TURNS_KEPT } from '../../../services/domain/turn-history.ts';
import {
  createTurnRecorder,
  SLICE_MS,
  type TurnRecorder,
} from '../../../services/sync-engine/turn-recorder.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { createMemoryDisk, createMemoryStore } from '../../support/memory-store.ts';
import { silentLog } from '../../support/silent-log.ts';
import { registryOf } from '../../support/sync-registry.ts';

const ANNA = idOf<MailboxId>('anna');

function createWorld() {
  const scheduler = createFakeScheduler();
  const disk = createMemoryDisk();
  const store = createMemoryStore({ clock: scheduler, disk });
  const registry = registryOf();
  const open = (): TurnRecorder => {
    const recorder = createTurnRecorder({
      mailboxes: registry.mailboxes,
      store,
      scheduler,
      log: silentLog,
    });
    recorder.start();
    return recorder;
  };
  const turn = (over: Partial<ProcessedTurn> = {}): ProcessedTurn => {
    const at = instantOf(scheduler.now());
    return {
      mailboxId: ANNA,
      profileId: idOf('imap'),
      direction: 'incoming',
      scheduledAt: at,
      startedAt: at,
      completedAt: at,
      outcome: 'passed',
      itemsProcessed: 1,
      itemsFailed: 0,
      backlog: 0,
      ...over,
    };
  };
  return { scheduler, disk, store, registry, open, turn };
}

describe('the record of turns', () => {
  it('writes nothing for a turn by itself, and all that was gathered after five minutes', async () => {
    const { scheduler, disk, open, turn } = createWorld();
    const recorder = open();
    recorder.record(turn());
    await scheduler.advance(SLICE_MS - 1);
    recorder.record(turn({ direction: 'outgoing' }));
    expect(disk.tables.turnHistories.size).toBe(0);
    await scheduler.advance(1);
    expect(disk.tables.turnHistories.size).toBe(1);
    expect(await recorder.turnsOf(ANNA)).toHaveLength(2);
  });

  it('knows what is not yet written, and loses only that when the program dies', async () => {
    const { scheduler, open, turn } = createWorld();
    const recorder = open();
    const written = turn();
    recorder.record(written);
    await scheduler.advance(SLICE_MS);
    const lost = turn();
    recorder.record(lost);
    expect(await recorder.turnsOf(ANNA)).toEqual([written, lost]);
    expect(await open().turnsOf(ANNA)).toEqual([written]);
  });

  it('writes what it has when it is stopped', async () => {
    const { open, turn } = createWorld();
    const recorder = open();
    recorder.record(turn());
    await recorder.stop();
    expect(await open().turnsOf(ANNA)).toHaveLength(1);
  });

  it('keeps ten turns of a direction, over slices and restarts', async () => {
    const { scheduler, open, turn } = createWorld();
    const recorder = open();
    for (let number = 1; number <= 25; number++) {
      recorder.record(turn({ itemsProcessed: number }));
      await scheduler.advance(2 * MINUTE_MS);
    }
    const kept = (await recorder.turnsOf(ANNA)).map(({ itemsProcessed }) => itemsProcessed);
    expect(kept).toHaveLength(TURNS_KEPT);
    expect(kept).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
  });

  it('sums up by profile and hour, through slices that fall into one hour', async () => {
    const { scheduler, open, turn } = createWorld();
    const recorder = open();
    for (let number = 0; number < 15; number++) {
      recorder.record(turn({ outcome: number === 3 ? 'failed' : 'passed' }));
      await scheduler.advance(5 * MINUTE_MS);
    }
    const hours = await recorder.hours();
    expect(
      hours.map(({ from, turns: { incoming } }) => [from, incoming.turns, incoming.failed]),
    ).toEqual([
      ['2026-11-23T08:00:00.000Z', 12, 1],
      ['2026-11-23T09:00:00.000Z', 3, 0],
    ]);
  });

  it('keeps in mind what could not be written, and writes it with the next slice', async () => {
    const { scheduler, disk, open, turn } = createWorld();
    const recorder = open();
    recorder.record(turn({ itemsProcessed: 1 }));
    disk.full = true;
    await scheduler.advance(SLICE_MS);
    disk.full = false;
    recorder.record(turn({ itemsProcessed: 2 }));
    await scheduler.advance(SLICE_MS);
    const items = (await open().turnsOf(ANNA)).map(({ itemsProcessed }) => itemsProcessed);
    expect(items).toEqual([1, 2]);
    expect((await recorder.hours())[0]?.turns.incoming.turns).toBe(2);
  });

  it('counts no turn that a stopping program cut short', async () => {
    const { open, turn } = createWorld();
    const recorder = open();
    recorder.record(turn({ outcome: 'cancelled' }));
    expect(await recorder.turnsOf(ANNA)).toEqual([]);
    expect(await recorder.hours()).toEqual([]);
  });

  it('forgets turns with another profile, and mailboxes that the registry has no more', async () => {
    const { scheduler, disk, open, turn } = createWorld();
    const recorder = open();
    const former = idOf<ProfileId>('former');
    recorder.record(turn({ profileId: former, itemsProcessed: 1 }));
    recorder.record(turn({ mailboxId: idOf('gone') }));
    await scheduler.advance(HOUR_MS);
    recorder.record(turn({ itemsProcessed: 2 }));
    await scheduler.advance(SLICE_MS);
    expect((await recorder.turnsOf(ANNA)).map(({ itemsProcessed }) => itemsProcessed)).toEqual([2]);
    const kept = [...disk.tables.turnHistories.entries()].flatMap(({ record }) =>
      Object.keys(record.byMailbox),
    );
    expect(kept.filter((id) => id !== 'gone')).toEqual(['anna']);
  });
});
