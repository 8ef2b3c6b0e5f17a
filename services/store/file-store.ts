import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR_MS } from '../domain/time.ts';
import { asAppError, type Log } from '../observability/index.ts';
import type { Clock } from '../scheduler/index.ts';
import { AuditFile } from './audit-file.ts';
import { Checkpointer } from './checkpointer.ts';
import { lockDirectory } from './directory-lock.ts';
import { FOLDER_MODE } from './durable-file.ts';
import { type CommitGroup, createGroupCommit } from './group-commit.ts';
import { currentSchema, MIGRATIONS, type Migration } from './migrations.ts';
import { recover } from './recover.ts';
import { RedoLog } from './redo-log.ts';
import { applyRetention } from './retention.ts';
import { ShardFiles } from './shard-files.ts';
import type { Store } from './store.ts';
import { createTables } from './tables.ts';

export interface FileStoreOptions {
  readonly directory: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Another list only in tests. */
  readonly migrations?: readonly Migration[];
}

/**
 * The embedded store: everything in memory, lowdb files below. A commit is durable with one file in
 * `redo/` (see RedoLog) plus its lines in `audit.jsonl`; the collections' own files follow at the
 * next checkpoint. One process to a directory.
 */
export async function openFileStore({
  directory,
  log,
  clock,
  migrations = MIGRATIONS,
}: FileStoreOptions): Promise<Store> {
  await mkdir(directory, { recursive: true, mode: FOLDER_MODE });
  await chmod(directory, FOLDER_MODE).catch((thrown: unknown) => {
    log.warn('data-directory-mode', { reason: asAppError(thrown).detail });
  });
  const lock = await lockDirectory(directory, clock, log);
  try {
    return await openLocked({ directory, log, clock, migrations }, lock);
  } catch (thrown) {
    await lock.release();
    throw thrown;
  }
}

async function openLocked(
  { directory, log, clock, migrations }: Required<FileStoreOptions>,
  lock: Awaited<ReturnType<typeof lockDirectory>>,
): Promise<Store> {
  const startedAt = performance.now();
  const schema = currentSchema(migrations);
  const tables = createTables();
  const shards = new ShardFiles(directory, clock, log);
  const redo = new RedoLog(join(directory, 'redo'));
  await redo.open();
  const audit = await AuditFile.open(join(directory, 'audit.jsonl'));
  let lastSeq = 0;
  let lastAudit = 0;
  const checkpointer = new Checkpointer({
    tables,
    shards,
    redo,
    audit,
    lock,
    log,
    schema,
    lastSeq: () => lastSeq,
  });
  try {
    const found = await recover({ tables, shards, redo, audit, checkpointer, migrations, log });
    lastSeq = found.lastSeq;
    lastAudit = audit.lastNumber;
    log.info('store-opened', {
      records: found.records,
      replayed: found.replayed,
      tookMs: Math.round(performance.now() - startedAt),
    });
  } catch (thrown) {
    await audit.close();
    throw thrown;
  }

  async function commit(group: CommitGroup): Promise<void> {
    await lock.assertHeld();
    const seq = lastSeq + 1;
    const lines = group.audit.map((entry, index) => ({ number: lastAudit + index + 1, entry }));
    const rows = Array.from(group.changes, ({ collection, id, entry }) =>
      entry === null
        ? { collection, id }
        : { collection, id, row: { at: entry.writtenAt, record: entry.record } },
    );
    const bytes = await redo.write({ schema, seq, rows, audit: lines });
    lastAudit += lines.length;
    await audit.append(lines);
    // In one step: a checkpoint that runs beside us labels what it writes with `lastSeq`.
    lastSeq = seq;
    group.changes.applyTo(tables);
    for (const { collection, id } of group.changes) checkpointer.touch(collection, id);
    checkpointer.committed(bytes);
  }

  const commits = createGroupCommit({ tables, clock, log, commit });
  const forget = async (): Promise<void> => {
    try {
      const removed = await applyRetention(commits, tables, clock);
      if (removed > 0) log.info('store-retention', { removed });
    } catch (thrown) {
      log.warn('store-retention-failed', { reason: asAppError(thrown).detail });
    }
  };
  await forget();
  const retention = setInterval(() => void forget(), HOUR_MS).unref();

  let closing: Promise<void> | undefined;
  return {
    get: (collection, id) => commits.get(collection, id),
    find: (collection, where) => commits.find(collection, where),
    transact: (work) => commits.transact(work),
    async readAudit(limit) {
      commits.assertOpen();
      return audit.newest(limit);
    },
    close() {
      closing ??= (async () => {
        clearInterval(retention);
        await commits.close();
        await checkpointer.stop();
        await audit.close();
        await lock.release();
      })();
      return closing;
    },
  };
}
