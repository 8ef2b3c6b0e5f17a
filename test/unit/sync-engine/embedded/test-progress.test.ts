import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import type { TestRun } from '../../../../services/domain/test-run.ts';
import { createTestProgress } from '../../../../services/sync-engine/embedded/test-progress.ts';
import { createFakeScheduler } from '../../../support/fake-scheduler.ts';
import { createMemoryStore } from '../../../support/memory-store.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { registryOf } from '../../../support/sync-registry.ts';
import { ANNA } from '../../../support/sync-world.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function progressOfOneRun() {
  const store = createMemoryStore({ clock: createFakeScheduler() });
  let writes = 0;
  const emit = async (): Promise<void> => {
    writes += 1;
  };
  const anna = registryOf().mailboxes.get(ANNA)!;
  const progress = createTestProgress({ store, emit, log: silentLog }, anna);
  const waiting = { outcome: 'waiting' } as const;
  const run = (releasedMessages: number): TestRun => ({
    id: idOf('run'),
    mailboxId: ANNA,
    requestedBy: idOf('admin'),
    state: 'running',
    startedAt: '2026-11-23T08:00:00.000Z',
    finishedAt: null,
    results: { incoming: waiting, outgoing: waiting, act: waiting },
    raisedAlerts: [],
    releasedMessages,
  });
  const kept = async (): Promise<number | undefined> =>
    (await store.get('testRuns', 'run'))?.releasedMessages;
  return { progress, run, kept, writes: () => writes };
}

describe('the progress of a test', () => {
  it('is kept at once, and then at most four times a second, always the newest', async () => {
    const { progress, run, kept, writes } = progressOfOneRun();
    for (let stage = 1; stage <= 20; stage += 1) progress.show(run(stage));
    await expect.poll(kept, { interval: 0 }).toBe(1);
    await vi.advanceTimersByTimeAsync(249);
    expect(writes()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await expect.poll(kept, { interval: 0 }).toBe(20);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(writes()).toBe(2);
  });

  it('that was not kept yet is dropped when the result follows', async () => {
    const { progress, run, kept, writes } = progressOfOneRun();
    progress.show(run(1));
    progress.show(run(2));
    await progress.settle();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([writes(), await kept()]).toEqual([1, 1]);
  });
});
