import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, asAppError } from '../observability/index.ts';
import { FOLDER_MODE, isTemporary, syncFolder } from './durable-file.ts';
import { type CommitFile, commitFile, readJsonFile, writeJsonFile } from './json-file.ts';

const SUFFIX = '.json';

/** A commit that can no longer be read; harmless when the shards have it already. */
export interface UnreadableCommit {
  readonly seq: number;
  readonly path: string;
  readonly error: AppError;
}

/**
 * The durable half of a commit: a file for each group, written before anything else and replayed
 * on open. It is what makes a transaction over several files atomic, and what an acknowledgement
 * waits for; the shards follow at the next checkpoint. A log that is appended to would be one fsync
 * cheaper, but a file that appears whole by its rename needs no rule about torn ends.
 */
export class RedoLog {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: FOLDER_MODE });
    for (const name of await readdir(this.#folder)) {
      if (isTemporary(name)) await rm(join(this.#folder, name), { force: true });
    }
  }

  async sequences(): Promise<readonly number[]> {
    const names = await readdir(this.#folder);
    return names
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => Number.parseInt(name, 10))
      .filter(Number.isInteger)
      .sort((one, other) => one - other);
  }

  async read(seq: number): Promise<CommitFile | UnreadableCommit> {
    const path = this.#path(seq);
    try {
      const file = await readJsonFile(path, commitFile);
      if (file !== undefined) return file;
      throw new AppError('store-corrupt', `redo/${this.#name(seq)} has gone`);
    } catch (thrown) {
      return { seq, path, error: asAppError(thrown, 'store-corrupt') };
    }
  }

  /** Returns the bytes written; when it throws, the commit is not there and never will be. */
  async write(file: CommitFile): Promise<number> {
    try {
      return await writeJsonFile(this.#path(file.seq), commitFile, file);
    } catch (thrown) {
      // The rename may have happened before the folder's fsync failed: what is refused must not
      // come back at the next start.
      await rm(this.#path(file.seq), { force: true });
      throw thrown;
    }
  }

  async removeThrough(seq: number): Promise<void> {
    for (const each of await this.sequences()) {
      if (each <= seq) await rm(this.#path(each), { force: true });
    }
    await syncFolder(this.#folder);
  }

  #name(seq: number): string {
    return `${String(seq).padStart(12, '0')}${SUFFIX}`;
  }

  #path(seq: number): string {
    return join(this.#folder, this.#name(seq));
  }
}
