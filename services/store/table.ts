import { shardOf } from './collections.ts';
import type { Where } from './store.ts';

/** A record as it is kept: frozen, shared by everybody who reads it. */
export interface Entry<Item> {
  readonly record: Item;
  /** When it was last written, ms since the epoch; retention counts from here. */
  readonly writtenAt: number;
}

type Field<Item> = keyof Item & string;

function matches<Item>(record: Item, where: Where<Item>): boolean {
  return (Object.keys(where) as Field<Item>[]).every((field) => record[field] === where[field]);
}

/** The records of one collection in memory, by shard and id, with an index per asked field. */
export class Table<Item extends { readonly id: string }> {
  readonly #shards: readonly Map<string, Entry<Item>>[];
  readonly #indexes: ReadonlyMap<Field<Item>, Map<unknown, Set<string>>>;

  constructor(shards: number, indexed: readonly Field<Item>[]) {
    this.#shards = Array.from({ length: shards }, () => new Map<string, Entry<Item>>());
    this.#indexes = new Map(indexed.map((field) => [field, new Map<unknown, Set<string>>()]));
  }

  get(id: string): Entry<Item> | undefined {
    return this.#shardFor(id).get(id);
  }

  set(id: string, entry: Entry<Item>): void {
    this.delete(id);
    this.#shardFor(id).set(id, entry);
    for (const [field, index] of this.#indexes) {
      const value = entry.record[field];
      const ids = index.get(value);
      if (ids === undefined) index.set(value, new Set([id]));
      else ids.add(id);
    }
  }

  delete(id: string): void {
    const shard = this.#shardFor(id);
    const known = shard.get(id);
    if (known === undefined) return;
    shard.delete(id);
    for (const [field, index] of this.#indexes) {
      const value = known.record[field];
      const ids = index.get(value);
      ids?.delete(id);
      if (ids?.size === 0) index.delete(value);
    }
  }

  /** Everything that matches, through the narrowest index that the question touches. */
  *find(where: Where<Item>): Generator<Entry<Item>> {
    let narrowest: ReadonlySet<string> | undefined;
    for (const [field, index] of this.#indexes) {
      if (!(field in where)) continue;
      const ids = index.get(where[field]);
      if (ids === undefined) return;
      if (narrowest === undefined || ids.size < narrowest.size) narrowest = ids;
    }
    if (narrowest === undefined) {
      for (const entry of this.entries()) if (matches(entry.record, where)) yield entry;
      return;
    }
    for (const id of narrowest) {
      const entry = this.get(id);
      if (entry !== undefined && matches(entry.record, where)) yield entry;
    }
  }

  *entries(): Generator<Entry<Item>> {
    for (const shard of this.#shards) yield* shard.values();
  }

  shard(number: number): Iterable<Entry<Item>> {
    return this.#shards[number]?.values() ?? [];
  }

  get size(): number {
    return this.#shards.reduce((total, shard) => total + shard.size, 0);
  }

  #shardFor(id: string): Map<string, Entry<Item>> {
    const shard = this.#shards[shardOf(id, this.#shards.length)];
    // shardOf is below the length; the fallback only satisfies the type.
    return shard ?? new Map<string, Entry<Item>>();
  }
}
