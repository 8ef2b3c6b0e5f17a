import { describe, expect, it } from 'vitest';
import { type CommitGroup, createGroupCommit } from '../../../services/store/group-commit.ts';
import { createTables } from '../../../services/store/tables.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { silentLog } from '../../support/silent-log.ts';
import { usedKey } from '../../support/store-records.ts';

/** A disk whose every flush the test finishes by hand. */
function createSlowDisk() {
  const tables = createTables();
  const flushes: { readonly group: CommitGroup; finish(): void }[] = [];
  const commits = createGroupCommit({
    tables,
    clock: createFakeScheduler(),
    log: silentLog,
    commit: (group) =>
      new Promise((resolve) => {
        flushes.push({
          group,
          finish() {
            group.changes.applyTo(tables);
            resolve();
          },
        });
      }),
  });
  const flush = async (number: number) => {
    await expect.poll(() => flushes.length).toBeGreaterThan(number);
    return flushes[number]!;
  };
  const put = (id: string): Promise<void> =>
    commits.transact((transaction) => transaction.put('idempotency', usedKey(id)));
  return { commits, flushes, flush, put };
}
const idsOf = (group: CommitGroup): string[] => Array.from(group.changes, ({ id }) => id);

describe('group commit', () => {
  it('lets all that end while a flush is under way share the next one', async () => {
    const { commits, flushes, flush, put } = createSlowDisk();
    const first = put('first');
    const running = await flush(0);
    const others = Promise.all(Array.from({ length: 100 }, (_, index) => put(`other-${index}`)));
    // The last of them has run, in memory, while the first still waits for the disk.
    let seenInside = 0;
    const seen = commits.transact(async (transaction) => {
      const all = await transaction.find('idempotency');
      seenInside = all.length;
      return all;
    });
    await expect.poll(() => seenInside).toBe(101);
    running.finish();
    await first;
    const next = await flush(1);
    expect(idsOf(running.group)).toEqual(['first']);
    expect(idsOf(next.group)).toHaveLength(100);
    next.finish();
    await others;
    expect(await seen).toHaveLength(101);
    expect(flushes).toHaveLength(2);
  });

  it('acknowledges nobody before the flush of their own group', async () => {
    const { flush, put } = createSlowDisk();
    const acknowledged: string[] = [];
    const first = put('first').then(() => acknowledged.push('first'));
    const running = await flush(0);
    const second = put('second').then(() => acknowledged.push('second'));
    running.finish();
    await first;
    const next = await flush(1);
    expect(acknowledged).toEqual(['first']);
    next.finish();
    await second;
    expect(acknowledged).toEqual(['first', 'second']);
  });

  it('shows what waits for the disk to later transactions, and to nobody else', async () => {
    const { commits, flush, put } = createSlowDisk();
    const first = put('first');
    const running = await flush(0);
    let inside: unknown;
    const reading = commits.transact(async (transaction) => {
      inside = await transaction.get('idempotency', 'first');
    });
    await expect.poll(() => inside).toEqual(usedKey('first'));
    expect(await commits.get('idempotency', 'first')).toBeUndefined();
    expect(await commits.find('idempotency')).toEqual([]);
    running.finish();
    await Promise.all([first, reading]);
    expect(await commits.get('idempotency', 'first')).toEqual(usedKey('first'));
  });
});
