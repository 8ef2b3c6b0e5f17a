import { setImmediate } from 'node:timers/promises';
import type { AuditEntry } from '../../services/domain/audit.ts';
import { AppError, type Log } from '../../services/observability/index.ts';
import type { Clock } from '../../services/scheduler/index.ts';
import { createGroupCommit } from '../../services/store/group-commit.ts';
import type { Store } from '../../services/store/index.ts';
import { createTables, type Tables } from '../../services/store/tables.ts';
import { silentLog } from './silent-log.ts';

/** What outlives a memory store that is closed and opened again, as a disk would. */
export interface MemoryDisk {
  readonly tables: Tables;
  readonly audit: AuditEntry[];
  /** Set it to see what happens when nothing can be written. */
  full: boolean;
}

export function createMemoryDisk(): MemoryDisk {
  return { tables: createTables(), audit: [], full: false };
}

export interface MemoryStoreOptions {
  readonly clock: Clock;
  readonly log?: Log;
  readonly disk?: MemoryDisk;
}

/** A store for tests; passes the same contract as the one on disk. */
export function createMemoryStore({
  clock,
  log = silentLog,
  disk = createMemoryDisk(),
}: MemoryStoreOptions): Store {
  const commits = createGroupCommit({
    tables: disk.tables,
    clock,
    log,
    async commit(group) {
      // A disk never answers in the same turn.
      await setImmediate();
      if (disk.full) throw new AppError('store-write-failed', 'the memory disk is full');
      group.changes.applyTo(disk.tables);
      disk.audit.push(...group.audit);
    },
  });
  return {
    get: (collection, id) => commits.get(collection, id),
    find: (collection, where) => commits.find(collection, where),
    transact: (work) => commits.transact(work),
    async readAudit(limit) {
      commits.assertOpen();
      return disk.audit.toReversed().slice(0, limit);
    },
    close: () => commits.close(),
  };
}
