import { readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { instantOf } from '../domain/time.ts';
import { AppError, asAppError, type Log } from '../observability/index.ts';
import type { Clock } from '../scheduler/index.ts';
import { SHARDS, type Shard } from './collections.ts';
import { copyDurably, isTemporary, keepAs } from './durable-file.ts';
import {
  type CheckpointFile,
  checkpointFile,
  readJsonFile,
  type ShardFile,
  shardFile,
  writeJsonFile,
} from './json-file.ts';

export interface LoadedShard {
  readonly shard: Shard;
  readonly file: ShardFile;
  /** The file could not be read and this is its backup: older, the redo log makes up for it. */
  readonly restored: boolean;
}

const BACKUP = '.bak';
const CHECKPOINT = 'checkpoint.json';

/**
 * The files that hold the records between checkpoints. Each has a backup that is at most one
 * checkpoint older, and the redo log keeps what lies between: one broken file loses nothing.
 */
export class ShardFiles {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(folder: string, clock: Clock, log: Log) {
    this.#folder = folder;
    this.#clock = clock;
    this.#log = log;
  }

  async *load(): AsyncGenerator<LoadedShard> {
    const names = new Set(await readdir(this.#folder));
    for (const name of names) {
      if (isTemporary(name)) await rm(join(this.#folder, name), { force: true });
    }
    for (const shard of SHARDS) {
      const { name } = shard;
      if (!names.has(name) && !names.has(`${name}${BACKUP}`)) continue;
      yield { shard, ...(await this.#read(name)) };
    }
  }

  async #read(name: string): Promise<{ readonly file: ShardFile; readonly restored: boolean }> {
    const path = join(this.#folder, name);
    try {
      const file = await readJsonFile(path, shardFile);
      if (file !== undefined) return { file, restored: false };
      return await this.#restore(name, new AppError('store-corrupt', `${name} has gone`));
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code !== 'store-corrupt') throw error;
      return this.#restore(name, error);
    }
  }

  async #restore(
    name: string,
    error: AppError,
  ): Promise<{ readonly file: ShardFile; readonly restored: boolean }> {
    const path = join(this.#folder, name);
    const file = await readJsonFile(`${path}${BACKUP}`, shardFile).catch(() => undefined);
    if (file === undefined) {
      throw new AppError(
        'store-corrupt',
        `${error.detail}, and its backup ${basename(path)}${BACKUP} cannot be read either: put both back from a copy of the data directory, or move both away to start without the records in them`,
        { cause: error },
      );
    }
    const kept = `${path}.corrupt-${instantOf(this.#clock.now()).replaceAll(':', '-')}`;
    await rename(path, kept).catch(() => undefined);
    this.#log.error('store-file-restored', {
      file: name,
      reason: error.detail,
      backupSeq: file.seq,
    });
    return { file, restored: true };
  }

  /** Keeps the present content as backup, then replaces it. */
  async write(shard: Shard, file: ShardFile): Promise<void> {
    const path = join(this.#folder, shard.name);
    const kept = await keepAs(path, `${path}${BACKUP}`);
    await writeJsonFile(path, shardFile, file);
    // Its first time: a file never stands without a backup.
    if (!kept) await this.refreshBackup(shard);
  }

  /** Brings the backup up to the file. */
  async refreshBackup(shard: Shard): Promise<void> {
    const path = join(this.#folder, shard.name);
    await copyDurably(path, `${path}${BACKUP}`);
  }

  /** Zero when no checkpoint was ever completed, or nobody can tell: then all commits count. */
  async readCheckpoint(): Promise<number> {
    const path = join(this.#folder, CHECKPOINT);
    const file = await readJsonFile(path, checkpointFile).catch((thrown: unknown) => {
      this.#log.warn('checkpoint-unreadable', { reason: asAppError(thrown).detail });
      return undefined;
    });
    return file?.seq ?? 0;
  }

  /** After all shards; its fsync of the folder also covers the backups' names. */
  async writeCheckpoint(file: CheckpointFile): Promise<void> {
    await writeJsonFile(join(this.#folder, CHECKPOINT), checkpointFile, file);
  }
}
