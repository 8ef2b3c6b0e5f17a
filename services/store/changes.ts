import { COLLECTION_NAMES, layouts } from './collections.ts';
import type { CollectionName, Collections, Where } from './store.ts';
import { type Entry, Table } from './table.ts';
import type { Tables } from './tables.ts';

/** `null` stands for a record that was removed. */
export type Changed<Name extends CollectionName> = Entry<Collections[Name]> | null;
export interface Change<Name extends CollectionName = CollectionName> {
  readonly collection: Name;
  readonly id: string;
  readonly entry: Changed<Name>;
}

interface CollectionChanges<Name extends CollectionName> {
  readonly written: Table<Collections[Name]>;
  readonly removed: Set<string>;
}

/**
 * A copy-on-write layer over the tables: what a transaction, or a group of finished ones that wait
 * for the disk, has changed. Dropping the layer undoes it. It has the tables' indexes: a
 * transaction over 10 000 records asks as often as it writes.
 */
export class Changes {
  readonly #byCollection = new Map<CollectionName, unknown>();

  get empty(): boolean {
    return this.#byCollection.size === 0;
  }

  /** `undefined` when this layer says nothing about the record. */
  get<Name extends CollectionName>(collection: Name, id: string): Changed<Name> | undefined {
    const changes = this.#known(collection);
    return changes?.removed.has(id) === true ? null : changes?.written.get(id);
  }

  set<Name extends CollectionName>(collection: Name, id: string, changed: Changed<Name>): void {
    const { written, removed } = this.#known(collection) ?? this.#start(collection);
    if (changed === null) {
      written.delete(id);
      removed.add(id);
    } else {
      removed.delete(id);
      written.set(id, changed);
    }
  }

  find<Name extends CollectionName>(
    collection: Name,
    where: Where<Collections[Name]>,
  ): Iterable<Entry<Collections[Name]>> {
    return this.#known(collection)?.written.find(where) ?? [];
  }

  *[Symbol.iterator](): Generator<Change> {
    for (const collection of COLLECTION_NAMES) {
      const changes = this.#known(collection);
      if (changes === undefined) continue;
      for (const id of changes.removed) yield { collection, id, entry: null };
      for (const entry of changes.written.entries()) {
        yield { collection, id: entry.record.id, entry };
      }
    }
  }

  /** Puts a later layer on top of this one. */
  absorb(later: Changes): void {
    for (const { collection, id, entry } of later) this.set(collection, id, entry);
  }

  applyTo(tables: Tables): void {
    for (const { collection, id, entry } of this) applyChange(tables, collection, id, entry);
  }

  #known<Name extends CollectionName>(collection: Name): CollectionChanges<Name> | undefined {
    // `#start` is the only writer and stores under each name what belongs to it.
    return this.#byCollection.get(collection) as CollectionChanges<Name> | undefined;
  }

  #start<Name extends CollectionName>(collection: Name): CollectionChanges<Name> {
    const { indexed } = layouts[collection];
    const fresh = { written: new Table<Collections[Name]>(1, indexed), removed: new Set<string>() };
    this.#byCollection.set(collection, fresh);
    return fresh;
  }
}

export function applyChange<Name extends CollectionName>(
  tables: Tables,
  collection: Name,
  id: string,
  entry: Changed<Name>,
): void {
  if (entry === null) tables[collection].delete(id);
  else tables[collection].set(id, entry);
}
