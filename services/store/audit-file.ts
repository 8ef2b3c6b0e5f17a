import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import type { AuditEntry } from '../domain/audit.ts';
import { AppError } from '../observability/index.ts';
import { FILE_MODE } from './durable-file.ts';
import { auditEntry } from './schemas/audit-entry.ts';

/** `number` counts the lines ever written, so that a replay adds only what is missing. */
export interface NumberedEntry {
  readonly number: number;
  readonly entry: AuditEntry;
}

const NEWLINE = 0x0a;
const CHUNK_BYTES = 64 * 1024;

const auditLine = z.strictObject({ number: z.number().int().min(1), entry: auditEntry });

/**
 * Who did what: JSON lines, only ever appended to, fsynced with the transaction that caused them.
 * The redo log has each line first; a line that was torn by a crash is cut off and written again.
 */
export class AuditFile {
  readonly #handle: FileHandle;
  #size: number;
  #lastNumber: number;
  /** In the redo log, but the disk refused them here; they go first next time. */
  #behind: readonly NumberedEntry[] = [];
  #writing: Promise<void> = Promise.resolve();

  private constructor(handle: FileHandle, size: number, lastNumber: number) {
    this.#handle = handle;
    this.#size = size;
    this.#lastNumber = lastNumber;
  }

  static async open(path: string): Promise<AuditFile> {
    const handle = await open(path, 'a+', FILE_MODE);
    try {
      const whole = await endOfLastLine(handle);
      const { size } = await handle.stat();
      if (whole < size) {
        await handle.truncate(whole);
        await handle.sync();
      }
      const file = new AuditFile(handle, whole, 0);
      for await (const line of file.#linesBackwards()) {
        file.#lastNumber = parseLine(line).number;
        break;
      }
      return file;
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  get lastNumber(): number {
    return this.#lastNumber;
  }

  /**
   * Entries that it has already are left out. A failure is kept for `catchUp`: the redo log has the
   * entries, so the transaction is durable whatever happens here.
   */
  async append(entries: readonly NumberedEntry[]): Promise<void> {
    const missing = entries.filter(({ number }) => number > this.#lastNumber);
    this.#behind = [...this.#behind, ...missing];
    await this.catchUp().catch(() => undefined);
  }

  /** Before the redo log forgets anything. */
  catchUp(): Promise<void> {
    const written = this.#writing.then(() => this.#writeBehind());
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #writeBehind(): Promise<void> {
    const last = this.#behind.at(-1);
    if (last === undefined) return;
    const count = this.#behind.length;
    const bytes = Buffer.from(this.#behind.map((each) => `${JSON.stringify(each)}\n`).join(''));
    try {
      await this.#handle.appendFile(bytes);
      await this.#handle.datasync();
    } catch (thrown) {
      await this.#handle.truncate(this.#size).catch(() => undefined);
      throw thrown;
    }
    this.#behind = this.#behind.slice(count);
    this.#size += bytes.length;
    this.#lastNumber = last.number;
  }

  async newest(limit: number): Promise<readonly AuditEntry[]> {
    const entries: AuditEntry[] = [];
    if (limit <= 0) return entries;
    for (const { entry } of [...this.#behind].reverse()) {
      if (entries.length < limit) entries.push(entry);
    }
    if (entries.length >= limit) return entries;
    for await (const line of this.#linesBackwards()) {
      entries.push(parseLine(line).entry);
      if (entries.length >= limit) break;
    }
    return entries;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async *#linesBackwards(): AsyncGenerator<string> {
    let position = this.#size;
    let tail = Buffer.alloc(0);
    while (position > 0) {
      const length = Math.min(CHUNK_BYTES, position);
      position -= length;
      const chunk = Buffer.alloc(length);
      await this.#handle.read(chunk, 0, length, position);
      tail = Buffer.concat([chunk, tail]);
      // The piece before the first newline may go on in the chunk before.
      const firstNewline = position === 0 ? -1 : tail.indexOf(NEWLINE);
      if (position > 0 && firstNewline === -1) continue;
      const lines = tail
        .subarray(firstNewline + 1)
        .toString('utf8')
        .split('\n');
      for (const line of lines.reverse()) if (line !== '') yield line;
      tail = tail.subarray(0, firstNewline + 1);
    }
  }
}

function parseLine(line: string): z.output<typeof auditLine> {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    raw = undefined;
  }
  const parsed = auditLine.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'store-corrupt',
    'audit.jsonl has a line that is no audit entry: move the file away to start a new one, and keep it as evidence',
  );
}

/** Where the last complete line ends; what follows was torn by a crash. */
async function endOfLastLine(handle: FileHandle): Promise<number> {
  let { size: position } = await handle.stat();
  while (position > 0) {
    const length = Math.min(CHUNK_BYTES, position);
    position -= length;
    const chunk = Buffer.alloc(length);
    await handle.read(chunk, 0, length, position);
    const newline = chunk.lastIndexOf(NEWLINE);
    if (newline !== -1) return position + newline + 1;
  }
  return 0;
}
