import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../../services/domain/outbox.ts';
import { shardHolding, shardOf } from '../../../services/store/collections.ts';
import { createGroupCommit } from '../../../services/store/group-commit.ts';
import { createTables } from '../../../services/store/tables.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { silentLog } from '../../support/silent-log.ts';
import { outboxRow } from '../../support/store-records.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const state = fc.constantFrom<OutboxRow['state']>('due', 'delivered', 'failed');
const step = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), id, state, attempts: fc.nat(2) }),
  fc.record({ kind: fc.constant('remove' as const), id }),
);
const where = fc.record({ state, attempts: fc.nat(2) }, { requiredKeys: [] });

describe('records in layers', () => {
  it('answer every question as one plain map would', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 8 }),
        where,
        async (transactions, question) => {
          const tables = createTables();
          const commits = createGroupCommit({
            tables,
            clock: createFakeScheduler(),
            log: silentLog,
            commit: async (group) => group.changes.applyTo(tables),
          });
          const model = new Map<string, OutboxRow>();
          const expected = (): OutboxRow[] =>
            [...model.values()].filter((row) =>
              Object.entries(question).every(([field, value]) => Reflect.get(row, field) === value),
            );
          const sorted = (rows: readonly OutboxRow[]): OutboxRow[] =>
            rows.toSorted((one, other) => one.id.localeCompare(other.id));
          // Not awaited one by one: several layers stand on each other while the first flushes.
          await Promise.all(
            transactions.map((steps) =>
              commits.transact(async (transaction) => {
                for (const each of steps) {
                  if (each.kind === 'put') {
                    const row = outboxRow(each.id, { state: each.state, attempts: each.attempts });
                    model.set(row.id, row);
                    await transaction.put('outbox', row);
                  } else {
                    model.delete(each.id);
                    await transaction.remove('outbox', each.id);
                  }
                  expect(sorted(await transaction.find('outbox', question))).toEqual(
                    sorted(expected()),
                  );
                }
              }),
            ),
          );
          expect(sorted(await commits.find('outbox', question))).toEqual(sorted(expected()));
          for (const each of ['a', 'b', 'c', 'd', 'e']) {
            expect(await commits.get('outbox', each)).toEqual(model.get(each));
          }
        },
      ),
    );
  });
});

describe('the file of a record', () => {
  it('is the same on every machine and in every version', () => {
    // Test vectors of the FNV-1a page (Landon Curt Noll).
    expect(shardOf('a', 2 ** 32)).toBe(0xe40c292c);
    expect(shardOf('foobar', 2 ** 32)).toBe(0xbf9cf968);
    expect(shardHolding('preferences', 'anybody').name).toBe('preferences.json');
  });

  it('is shared with about as many others as every other file', () => {
    const counts = new Array<number>(64).fill(0);
    for (let number = 0; number < 10_000; number++) {
      const shard = shardOf(`mailbox-${number}`, 64);
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    expect(Math.max(...counts)).toBeLessThan(2 * (10_000 / 64));
  });
});
