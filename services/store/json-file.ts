import { basename } from 'node:path';
import type { Adapter } from 'lowdb';
import { Low } from 'lowdb';
import { z } from 'zod';
import { AppError } from '../observability/index.ts';
import { createBreather } from './breathe.ts';
import { COLLECTION_NAMES } from './collections.ts';
import { readText, writeDurably } from './durable-file.ts';

const row = z.object({ at: z.number(), record: z.unknown() });

/** Some records of one collection. `seq` is the last commit that is in it. */
export const shardFile = z.object({
  schema: z.number().int().min(1),
  seq: z.number().int().min(0),
  rows: z.array(row),
});
export type ShardFile = z.output<typeof shardFile>;

/** A group of transactions. */
export const commitFile = z.object({
  schema: z.number().int().min(1),
  seq: z.number().int().min(1),
  /** No `row`: the record was removed. */
  rows: z.array(
    z.object({ collection: z.enum(COLLECTION_NAMES), id: z.string(), row: row.optional() }),
  ),
  audit: z.array(z.object({ number: z.number().int(), entry: z.unknown() })),
});
export type CommitFile = z.output<typeof commitFile>;

/** The last commit that all shards have. */
export const checkpointFile = z.object({
  schema: z.number().int().min(1),
  seq: z.number().int().min(0),
});
export type CheckpointFile = z.output<typeof checkpointFile>;

type StoreFile = ShardFile | CommitFile | CheckpointFile;

/** One row a line: a person can read and compare the files, and the printer works in slices. */
function* print(file: Readonly<Record<string, unknown>>): Generator<string> {
  yield '{';
  let separator = '';
  for (const [name, value] of Object.entries(file)) {
    yield `${separator}${JSON.stringify(name)}:`;
    if (Array.isArray(value)) {
      yield '[';
      let between = '\n';
      for (const item of value as readonly unknown[]) {
        yield `${between}${JSON.stringify(item)}`;
        between = ',\n';
      }
      yield '\n]';
    } else {
      yield JSON.stringify(value);
    }
    separator = ',';
  }
  yield '}\n';
}

/** Characters that are parsed at once; more, as after a first import, is taken row by row. */
const PARSED_WHOLE = 256 * 1024;

/** Reads what `print` wrote without holding the event loop. */
async function parseByRow(text: string): Promise<unknown> {
  const breathe = createBreather();
  const frame: string[] = [];
  const lists: unknown[][] = [];
  for (const line of text.split('\n')) {
    await breathe();
    if (frame.length === 0 || !line.startsWith('{')) {
      frame.push(line);
      if (line.endsWith('[')) lists.push([]);
    } else {
      lists.at(-1)?.push(JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line));
    }
  }
  const file = JSON.parse(frame.join('')) as Record<string, unknown>;
  for (const [name, value] of Object.entries(file)) {
    if (Array.isArray(value)) file[name] = lists.shift();
  }
  return file;
}

/** lowdb's adapter for one of our files: durable to write, checked when it is read. */
class JsonFile<File extends StoreFile> implements Adapter<File> {
  readonly #path: string;
  readonly #shape: z.ZodType<File>;
  bytesWritten = 0;

  constructor(path: string, shape: z.ZodType<File>) {
    this.#path = path;
    this.#shape = shape;
  }

  async read(): Promise<File | null> {
    const text = await readText(this.#path);
    return text === null ? null : await parse(text, this.#shape, this.#path);
  }

  async write(file: File): Promise<void> {
    this.bytesWritten = await writeDurably(this.#path, print(file));
  }
}

async function parse<File>(text: string, shape: z.ZodType<File>, path: string): Promise<File> {
  const name = basename(path);
  // A file that lost its content is told apart from one that says "no records".
  if (text.trim() === '') throw new AppError('store-corrupt', `${name} is empty`);
  let raw: unknown;
  try {
    raw = text.length > PARSED_WHOLE ? await parseByRow(text) : JSON.parse(text);
  } catch (cause) {
    throw new AppError('store-corrupt', `${name} is not JSON`, { cause });
  }
  const parsed = shape.safeParse(raw);
  if (parsed.success) return parsed.data;
  const { path: where, message } = parsed.error.issues[0] ?? { path: [], message: 'unknown shape' };
  throw new AppError('store-corrupt', `${name}: ${where.join('.')}: ${message}`);
}

/** Undefined when there is no such file; `store-corrupt` when it cannot be read as one. */
export async function readJsonFile<File extends StoreFile>(
  path: string,
  shape: z.ZodType<File>,
): Promise<File | undefined> {
  return (await new JsonFile(path, shape).read()) ?? undefined;
}

/** Returns the bytes written. The presets of lowdb are avoided: under NODE_ENV=test they keep nothing. */
export async function writeJsonFile<File extends StoreFile>(
  path: string,
  shape: z.ZodType<File>,
  file: File,
): Promise<number> {
  const adapter = new JsonFile(path, shape);
  await new Low(adapter, file).write();
  return adapter.bytesWritten;
}
