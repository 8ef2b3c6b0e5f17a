import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store, Transaction } from '../../services/store/index.ts';
import { auditEntry, mailboxState, outboxRow, testRun, usedKey } from '../support/store-records.ts';

/** A place that a store can be opened on again and again. */
export interface StoreWorld {
  open(): Promise<Store>;
  /** Everything that would survive the loss of this process, as text. */
  durableText(): string;
  /** From now on (not) nothing can be made durable. */
  setWritable(writable: boolean): Promise<void>;
  dispose(): Promise<void>;
}

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

function gate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** What every store promises (services/store/store.ts). */
export function describeStoreContract(name: string, createWorld: () => Promise<StoreWorld>): void {
  describe(name, () => {
    let world: StoreWorld;
    let store: Store;

    beforeEach(async () => {
      world = await createWorld();
      store = await world.open();
    });
    afterEach(async () => {
      await store.close();
      await world.dispose();
    });

    async function reopen(): Promise<void> {
      await store.close();
      store = await world.open();
    }
    const put = (id: string, version = 1): Promise<void> =>
      store.transact((transaction) =>
        transaction.put('mailboxStates', mailboxState(id, { version })),
      );

    it('gives back what was put, and undefined for what never was', async () => {
      await put('anna');
      expect(await store.get('mailboxStates', 'anna')).toEqual(mailboxState('anna'));
      expect(await store.get('mailboxStates', 'bo')).toBeUndefined();
    });

    it('answers with what the transaction returns', async () => {
      expect(await store.transact(async () => 42)).toBe(42);
    });

    it('lets a transaction read its own writes and removals', async () => {
      await put('anna');
      await put('bo');
      await store.transact(async (transaction) => {
        await transaction.put('mailboxStates', mailboxState('anna', { version: 2 }));
        await transaction.put('mailboxStates', mailboxState('cecilia', { version: 2 }));
        await transaction.remove('mailboxStates', 'bo');
        expect((await transaction.get('mailboxStates', 'anna'))?.version).toBe(2);
        expect(await transaction.get('mailboxStates', 'bo')).toBeUndefined();
        const all = await transaction.find('mailboxStates');
        expect(all.map(({ id }) => id).sort()).toEqual(['anna', 'cecilia']);
        expect(await transaction.find('mailboxStates', { version: 1 })).toEqual([]);
      });
    });

    it('shows nobody outside what a transaction has not finished', async () => {
      await put('anna', 1);
      const written = gate();
      const looked = gate();
      const transaction = store.transact(async (inside) => {
        await inside.put('mailboxStates', mailboxState('anna', { version: 2 }));
        await inside.remove('mailboxStates', 'nobody');
        written.open();
        await looked.opened;
      });
      await written.opened;
      expect((await store.get('mailboxStates', 'anna'))?.version).toBe(1);
      expect(await store.find('mailboxStates', { version: 2 })).toEqual([]);
      looked.open();
      await transaction;
      expect((await store.get('mailboxStates', 'anna'))?.version).toBe(2);
    });

    it('runs transactions one after another in the order they came', async () => {
      const order: string[] = [];
      const held = gate();
      const first = store.transact(async () => {
        order.push('first begins');
        await held.opened;
        order.push('first ends');
      });
      const second = store.transact(async () => {
        order.push('second begins');
      });
      held.open();
      await Promise.all([first, second]);
      expect(order).toEqual(['first begins', 'first ends', 'second begins']);
    });

    it('leaves no trace of a transaction that throws, in memory or on disk', async () => {
      await put('anna', 1);
      const failing = store.transact(async (transaction) => {
        await transaction.put('mailboxStates', mailboxState('anna', { version: 2 }));
        await transaction.put('mailboxStates', mailboxState('half-done'));
        await transaction.put('outbox', outboxRow('half-done'));
        await transaction.audit(auditEntry('half-done'));
        throw new RangeError('work failed');
      });
      await expect(failing).rejects.toThrow('work failed');
      const expectNoTrace = async (): Promise<void> => {
        expect((await store.get('mailboxStates', 'anna'))?.version).toBe(1);
        expect(await store.get('mailboxStates', 'half-done')).toBeUndefined();
        expect(await store.find('outbox')).toEqual([]);
        expect(await store.readAudit(10)).toEqual([]);
        expect(world.durableText()).not.toContain('half-done');
      };
      await expectNoTrace();
      await put('bo');
      await expectNoTrace();
      await reopen();
      await expectNoTrace();
    });

    it('counts 50 concurrent transactions on one record', async () => {
      await put('anna', 0);
      await Promise.all(
        Array.from({ length: 50 }, () =>
          store.transact(async (transaction) => {
            const before = await transaction.get('mailboxStates', 'anna');
            const version = (before?.version ?? 0) + 1;
            await transaction.put('mailboxStates', mailboxState('anna', { version }));
          }),
        ),
      );
      expect((await store.get('mailboxStates', 'anna'))?.version).toBe(50);
      await reopen();
      expect((await store.get('mailboxStates', 'anna'))?.version).toBe(50);
    });

    it('is durable when the promise resolves', async () => {
      await store.transact((transaction) => transaction.put('idempotency', usedKey('key-7')));
      expect(world.durableText()).toContain('key-7');
    });

    it('runs afterCommit once the transaction is durable, before its promise resolves', async () => {
      const seen: string[] = [];
      await store.transact(async (transaction) => {
        await transaction.put('idempotency', usedKey('key-8'));
        transaction.afterCommit(() => {
          seen.push(world.durableText().includes('key-8') ? 'durable' : 'too early');
        });
        seen.push(world.durableText().includes('key-8') ? 'too early' : 'still running');
      });
      expect(seen).toEqual(['still running', 'durable']);
    });

    it('never runs afterCommit of a transaction that failed', async () => {
      let ran = false;
      const failing = store.transact(async (transaction) => {
        transaction.afterCommit(() => {
          ran = true;
        });
        throw new RangeError('work failed');
      });
      await expect(failing).rejects.toThrow('work failed');
      await put('anna');
      expect(ran).toBe(false);
    });

    it('goes on when an afterCommit throws', async () => {
      const seen: string[] = [];
      await store.transact(async (transaction) => {
        transaction.afterCommit(() => {
          throw new RangeError('listener failed');
        });
        transaction.afterCommit(() => seen.push('second listener'));
      });
      expect(seen).toEqual(['second listener']);
    });

    it('runs afterCommit of a transaction that only read', async () => {
      const seen: string[] = [];
      await store.transact(async (transaction) => {
        await transaction.get('mailboxStates', 'anna');
        transaction.afterCommit(() => seen.push('ran'));
      });
      expect(seen).toEqual(['ran']);
    });

    it('finds by equality of the named fields', async () => {
      await store.transact(async (transaction) => {
        await transaction.put('outbox', outboxRow('a', { state: 'due', attempts: 1 }));
        await transaction.put('outbox', outboxRow('b', { state: 'due', attempts: 2 }));
        await transaction.put('outbox', outboxRow('c', { state: 'delivered', attempts: 1 }));
      });
      const ids = async (where: Parameters<typeof store.find<'outbox'>>[1]): Promise<string[]> =>
        (await store.find('outbox', where)).map(({ id }) => id).sort();
      expect(await ids({ state: 'due' })).toEqual(['a', 'b']);
      expect(await ids({ attempts: 1 })).toEqual(['a', 'c']);
      expect(await ids({ state: 'due', attempts: 1 })).toEqual(['a']);
      expect(await ids({ state: 'gone' })).toEqual([]);
      expect(await ids({})).toEqual(['a', 'b', 'c']);
    });

    it('finds by the new value of an indexed field and no longer by the old one', async () => {
      await store.transact((transaction) => transaction.put('testRuns', testRun('run')));
      await store.transact(async (transaction) => {
        await transaction.put('testRuns', testRun('run', { state: 'running' }));
        expect(await transaction.find('testRuns', { state: 'queued' })).toEqual([]);
        expect(await transaction.find('testRuns', { state: 'running' })).toHaveLength(1);
      });
      expect(await store.find('testRuns', { state: 'queued' })).toEqual([]);
      expect(await store.find('testRuns', { state: 'running' })).toHaveLength(1);
    });

    it('removes, and takes back a removal by another put', async () => {
      await put('anna');
      await put('bo');
      await store.transact(async (transaction) => {
        await transaction.remove('mailboxStates', 'anna');
        await transaction.remove('mailboxStates', 'bo');
        await transaction.put('mailboxStates', mailboxState('bo', { version: 3 }));
        await transaction.remove('mailboxStates', 'never-there');
      });
      expect(await store.get('mailboxStates', 'anna')).toBeUndefined();
      await reopen();
      expect(await store.get('mailboxStates', 'anna')).toBeUndefined();
      expect((await store.get('mailboxStates', 'bo'))?.version).toBe(3);
    });

    it('keeps what was put, whatever the caller does to the object afterwards', async () => {
      const mine = { ...usedKey('key'), result: 'first' };
      await store.transact((transaction) => transaction.put('idempotency', mine));
      mine.result = 'changed behind the back';
      const kept = await store.get('idempotency', 'key');
      expect(kept?.result).toBe('first');
      expect(() => Object.assign(kept ?? {}, { result: 'changed by a reader' })).toThrow(TypeError);
    });

    it('refuses a record that could not be read back, naming its field', async () => {
      const wrong = store.transact((transaction) =>
        transaction.put('mailboxStates', mailboxState('anna', { version: -1 })),
      );
      await expect(wrong).rejects.toMatchObject({
        code: 'record-invalid',
        detail: expect.stringMatching(/mailboxStates record "anna": version/) as string,
      });
      expect(await store.get('mailboxStates', 'anna')).toBeUndefined();
    });

    it('reads the audit newest first', async () => {
      for (const subject of ['one', 'two']) {
        await store.transact((transaction) => transaction.audit(auditEntry(subject)));
      }
      await store.transact(async (transaction) => {
        await transaction.audit(auditEntry('three'));
        await transaction.audit(auditEntry('four'));
      });
      const subjects = async (limit: number): Promise<string[]> =>
        (await store.readAudit(limit)).map(({ subject }) => subject);
      expect(await subjects(3)).toEqual(['four', 'three', 'two']);
      await reopen();
      expect(await subjects(10)).toEqual(['four', 'three', 'two', 'one']);
      expect(await subjects(0)).toEqual([]);
    });

    it('opens again with everything that was committed', async () => {
      await store.transact(async (transaction) => {
        await transaction.put('mailboxStates', mailboxState('anna'));
        await transaction.put('outbox', outboxRow('row'));
        await transaction.put('testRuns', testRun('run'));
        await transaction.audit(auditEntry('anna'));
      });
      await reopen();
      await reopen();
      expect(await store.find('mailboxStates')).toEqual([mailboxState('anna')]);
      expect(await store.find('outbox', { state: 'due' })).toEqual([outboxRow('row')]);
      expect(await store.get('testRuns', 'run')).toEqual(testRun('run'));
      expect(await store.readAudit(5)).toEqual([auditEntry('anna')]);
    });

    it('takes back what could not be made durable, and works when the disk does again', async () => {
      await put('anna', 1);
      await world.setWritable(false);
      const lost = await Promise.allSettled([put('anna', 2), put('bo'), put('anna', 3)]);
      for (const outcome of lost) {
        expect(outcome).toMatchObject({
          status: 'rejected',
          reason: { code: 'store-write-failed' },
        });
      }
      expect((await store.get('mailboxStates', 'anna'))?.version).toBe(1);
      expect(await store.get('mailboxStates', 'bo')).toBeUndefined();
      await world.setWritable(true);
      await put('cecilia');
      await reopen();
      const all = await store.find('mailboxStates');
      expect(all.map(({ id, version }) => `${id} ${version}`).sort()).toEqual([
        'anna 1',
        'cecilia 1',
      ]);
    });

    it('refuses a transaction that read what was then lost', async () => {
      await world.setWritable(false);
      const read = gate();
      const lost = put('anna', 1);
      const built = store.transact(async (transaction) => {
        const anna = await transaction.get('mailboxStates', 'anna');
        expect(anna?.version).toBe(1);
        await read.opened;
        await transaction.put('mailboxStates', mailboxState('copy-of-anna'));
      });
      await expect(lost).rejects.toMatchObject({ code: 'store-write-failed' });
      await world.setWritable(true);
      read.open();
      await expect(built).rejects.toMatchObject({ code: 'store-write-failed' });
      expect(await store.find('mailboxStates')).toEqual([]);
    });

    it('refuses a transaction that is used after its end', async () => {
      let escaped: Transaction | undefined;
      await store.transact(async (transaction) => {
        escaped = transaction;
      });
      await expect(escaped?.put('idempotency', usedKey('late'))).rejects.toMatchObject({
        code: 'unexpected',
      });
    });

    it('finishes what has begun when it is closed, and refuses everything after', async () => {
      const running = put('anna');
      await store.close();
      await running;
      for (const late of [
        () => store.get('mailboxStates', 'anna'),
        () => store.find('mailboxStates'),
        () => store.transact(async () => undefined),
        () => store.readAudit(1),
      ]) {
        await expect(late()).rejects.toMatchObject({ code: 'store-closed' });
      }
      await store.close();
      store = await world.open();
      expect(await store.get('mailboxStates', 'anna')).toEqual(mailboxState('anna'));
    });
  });
}
