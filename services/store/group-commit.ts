import { setImmediate } from 'node:timers/promises';
import type { AuditEntry } from '../domain/audit.ts';
import { AppError, asAppError, type Log } from '../observability/index.ts';
import type { Clock } from '../scheduler/index.ts';
import type { Changes } from './changes.ts';
import type { Reader, Transaction } from './store.ts';
import type { Tables } from './tables.ts';
import { createDraft } from './transaction.ts';

/** Transactions that go to disk together, all or none. */
export interface CommitGroup {
  readonly changes: Changes;
  readonly audit: readonly AuditEntry[];
}

interface Group extends CommitGroup {
  readonly audit: AuditEntry[];
  readonly afterCommit: (() => void)[];
  readonly durable: Promise<void>;
  readonly settle: { resolve(): void; reject(error: AppError): void };
}

/** A work that takes longer holds up every other writer; most likely it awaits the network. */
const SLOW_TRANSACTION_MS = 5_000;

export interface GroupCommitOptions {
  readonly tables: Tables;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when the group is durable and in the tables; throws when it is not and never will be. */
  readonly commit: (group: CommitGroup) => Promise<void>;
}

export interface GroupCommit extends Reader {
  transact<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Throws `store-closed` once closed. */
  assertOpen(): void;
  /** Refuses what comes from now on and waits for what came before. */
  close(): Promise<void>;
}

function openGroup(changes: Changes): Group {
  let settle: Group['settle'] = { resolve: () => undefined, reject: () => undefined };
  const durable = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Every member awaits it; a group that failed before anybody did is no unhandled rejection.
  durable.catch(() => undefined);
  return { changes, audit: [], afterCommit: [], durable, settle };
}

/**
 * Runs transactions one after another in memory and brings them to disk in groups: those that end
 * while a flush is under way share the next one. The tables change only when a group is durable, so
 * that a reader outside never sees what a failing disk could still take back; a transaction sees
 * the waiting groups below its own changes.
 */
export function createGroupCommit({ tables, clock, log, commit }: GroupCommitOptions): GroupCommit {
  let flushing: Group | undefined;
  let waiting: Group | undefined;
  /** Grows when a group is lost; a transaction that may have read from it is lost with it. */
  let losses = 0;
  let lastTurn: Promise<unknown> = Promise.resolve();
  let flusher: Promise<void> = Promise.resolve();
  let closed = false;

  function assertOpen(): void {
    if (closed) throw new AppError('store-closed', 'the store has been closed');
  }

  async function flushAll(): Promise<void> {
    // A burst within one tick shares the first flush already.
    await setImmediate();
    while (waiting !== undefined) {
      const group = waiting;
      flushing = group;
      waiting = undefined;
      try {
        await commit(group);
        flushing = undefined;
        for (const work of group.afterCommit) runSafely(work);
        group.settle.resolve();
      } catch (thrown) {
        loseAll(asAppError(thrown, 'store-write-failed'));
      }
    }
  }

  function loseAll(error: AppError): void {
    losses += 1;
    log.error('store-write-failed', { code: error.code, reason: error.detail });
    flushing?.settle.reject(error);
    waiting?.settle.reject(error);
    flushing = undefined;
    waiting = undefined;
  }

  function runSafely(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      log.error('after-commit-failed', { reason: asAppError(thrown).detail });
    }
  }

  async function takeTurn<Result>(
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<{ result: Result; durable: Promise<void> }> {
    const lossesBefore = losses;
    const layers = [waiting, flushing].flatMap((group) => group?.changes ?? []);
    const draft = createDraft(tables, layers, clock);
    const slow = setTimeout(() => {
      log.warn('transaction-slow', { ms: SLOW_TRANSACTION_MS });
    }, SLOW_TRANSACTION_MS);
    try {
      const result = await work(draft.transaction);
      if (losses !== lossesBefore) {
        throw new AppError('store-write-failed', 'a write that this one was built on was lost');
      }
      return { result, durable: join(draft) };
    } finally {
      clearTimeout(slow);
      draft.end();
    }
  }

  function join(draft: ReturnType<typeof createDraft>): Promise<void> {
    const pending = waiting ?? flushing;
    if (draft.changes.empty && draft.audit.length === 0) {
      // It may have read what still waits for the disk, and must not be told before that is safe.
      pending?.afterCommit.push(...draft.afterCommit);
      if (pending === undefined) draft.afterCommit.forEach(runSafely);
      return pending?.durable ?? Promise.resolve();
    }
    const idle = pending === undefined;
    if (waiting === undefined) {
      // Most groups begin, and many end, with one transaction: its layer needs no copy.
      waiting = openGroup(draft.changes);
    } else {
      waiting.changes.absorb(draft.changes);
    }
    const group = waiting;
    group.audit.push(...draft.audit);
    group.afterCommit.push(...draft.afterCommit);
    if (idle) flusher = flusher.then(flushAll);
    return group.durable;
  }

  return {
    assertOpen,
    async get(collection, id) {
      assertOpen();
      return tables[collection].get(id)?.record;
    },
    async find(collection, where = {}) {
      assertOpen();
      return Array.from(tables[collection].find(where), (entry) => entry.record);
    },
    async transact(work) {
      assertOpen();
      const turn = lastTurn.then(() => takeTurn(work));
      lastTurn = turn.catch(() => undefined);
      const { result, durable } = await turn;
      await durable;
      return result;
    },
    async close() {
      closed = true;
      await lastTurn;
      await flusher;
    },
  };
}
