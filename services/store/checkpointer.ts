import { asAppError, type Log } from '../observability/index.ts';
import type { AuditFile } from './audit-file.ts';
import { type Shard, shardHolding } from './collections.ts';
import type { DirectoryLock } from './directory-lock.ts';
import type { RedoLog } from './redo-log.ts';
import type { ShardFiles } from './shard-files.ts';
import type { CollectionName } from './store.ts';
import type { Entry } from './table.ts';
import type { Tables } from './tables.ts';

/**
 * When the shards follow the redo log. Every commit is one small file until then; these bounds keep
 * the next start short (256 files are read in about 0.1 s) and let a hot shard of 200 kB be written
 * once for many changes.
 */
const AFTER_MS = 15_000;
const AFTER_COMMITS = 256;
const AFTER_BYTES = 4 * 1024 * 1024;

export interface CheckpointerOptions {
  readonly tables: Tables;
  readonly shards: ShardFiles;
  readonly redo: RedoLog;
  readonly audit: Pick<AuditFile, 'catchUp'>;
  readonly lock: Pick<DirectoryLock, 'assertHeld'>;
  readonly log: Log;
  readonly schema: number;
  /** The last commit that is in the tables. */
  readonly lastSeq: () => number;
}

/** Brings durable changes from the redo log to the shards, behind everybody's back. */
export class Checkpointer {
  readonly #options: CheckpointerOptions;
  #dirty = new Set<Shard>();
  /** Written at the last checkpoint: their backups are one behind. */
  #staleBackups = new Set<Shard>();
  /** The last commit that all shards have. */
  #checkpointed = 0;
  #commits = 0;
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #queued = false;

  constructor(options: CheckpointerOptions) {
    this.#options = options;
  }

  touch(collection: CollectionName, id: string): void {
    this.#dirty.add(shardHolding(collection, id));
  }

  markDirty(shard: Shard): void {
    this.#dirty.add(shard);
  }

  markStaleBackup(shard: Shard): void {
    this.#staleBackups.add(shard);
  }

  /** What a reopened store knows. */
  resume(checkpointed: number): void {
    this.#checkpointed = checkpointed;
  }

  committed(bytes: number): void {
    this.#commits += 1;
    this.#bytes += bytes;
    if (this.#commits >= AFTER_COMMITS || this.#bytes >= AFTER_BYTES) {
      void this.run();
      return;
    }
    this.#timer ??= setTimeout(() => void this.run(), AFTER_MS).unref();
  }

  /** A failure is logged and tried again later: what is in the redo log is safe without it. */
  async run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#queued) {
      this.#queued = true;
      this.#running = this.#running.then(async () => {
        this.#queued = false;
        await this.#checkpoint();
      });
    }
    await this.#running;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#dirty.size > 0) await this.run();
    await this.#running;
  }

  async #checkpoint(): Promise<void> {
    const { shards, redo, audit, lock, log, schema } = this.#options;
    const seq = this.#options.lastSeq();
    const dirty = this.#dirty;
    const behind = this.#staleBackups;
    this.#dirty = new Set();
    this.#commits = 0;
    this.#bytes = 0;
    try {
      await lock.assertHeld();
      for (const shard of behind) if (!dirty.has(shard)) await shards.refreshBackup(shard);
      for (const shard of dirty) await this.#write(shard);
      await shards.writeCheckpoint({ schema, seq });
      await audit.catchUp();
      // One checkpoint more than the shards need: enough to bring any backup up to date.
      await redo.removeThrough(this.#checkpointed);
      this.#staleBackups = dirty;
      this.#checkpointed = seq;
    } catch (thrown) {
      for (const shard of dirty) this.#dirty.add(shard);
      log.error('checkpoint-failed', { reason: asAppError(thrown).detail });
      this.#timer ??= setTimeout(() => void this.run(), AFTER_MS).unref();
    }
  }

  async #write(shard: Shard): Promise<void> {
    const { tables, shards, schema, lastSeq } = this.#options;
    const entries: Iterable<Entry<unknown>> = tables[shard.collection].shard(shard.number);
    const rows = Array.from(entries, ({ writtenAt, record }) => ({ at: writtenAt, record }));
    await shards.write(shard, { schema, seq: lastSeq(), rows });
  }
}
