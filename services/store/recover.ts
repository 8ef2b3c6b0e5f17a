import { basename } from 'node:path';
import { AppError, type Log } from '../observability/index.ts';
import type { AuditFile, NumberedEntry } from './audit-file.ts';
import { createBreather } from './breathe.ts';
import { applyChange } from './changes.ts';
import type { Checkpointer } from './checkpointer.ts';
import { COLLECTION_NAMES, type Shard, shardHolding } from './collections.ts';
import type { CommitFile } from './json-file.ts';
import { parseRecord } from './kept-record.ts';
import { assertNotNewer, currentSchema, type Migration, migrateRecord } from './migrations.ts';
import type { RedoLog, UnreadableCommit } from './redo-log.ts';
import { parseAuditEntry } from './schemas/audit-entry.ts';
import type { LoadedShard, ShardFiles } from './shard-files.ts';
import type { CollectionName, Collections } from './store.ts';
import type { Entry } from './table.ts';
import type { Tables } from './tables.ts';

export interface RecoveryParts {
  readonly tables: Tables;
  readonly shards: ShardFiles;
  readonly redo: RedoLog;
  readonly audit: AuditFile;
  readonly checkpointer: Checkpointer;
  readonly migrations: readonly Migration[];
  readonly log: Log;
}

export interface Recovered {
  readonly lastSeq: number;
  readonly records: number;
  /** Commits that the shards did not have yet. */
  readonly replayed: number;
}

/** Fills the tables from the shards, then repeats what the redo log has beyond them. */
export async function recover(parts: RecoveryParts): Promise<Recovered> {
  const { tables, shards, redo, audit, checkpointer } = parts;
  const { seqOf, anyRestored } = await loadShards(parts);
  const checkpointed = await shards.readCheckpoint();
  let lastSeq = Math.max(checkpointed, ...seqOf.values());
  let replayed = 0;
  const unreadable: UnreadableCommit[] = [];
  const lines: NumberedEntry[] = [];
  for (const seq of await redo.sequences()) {
    const commit = await redo.read(seq);
    if ('error' in commit) {
      unreadable.push(commit);
      continue;
    }
    lastSeq = Math.max(lastSeq, seq);
    if (await replay(parts, commit, seqOf)) replayed += 1;
    for (const { number, entry } of commit.audit) {
      lines.push({ number, entry: parseAuditEntry(entry) });
    }
  }
  for (const { seq, path, error } of unreadable) {
    if (seq <= checkpointed && !anyRestored) {
      parts.log.warn('redo-unreadable', { seq, reason: error.detail });
      continue;
    }
    throw new AppError(
      'store-corrupt',
      `${error.detail}: put redo/${basename(path)} back from a copy of the data directory, or move it away to start without that commit`,
      { cause: error },
    );
  }
  await audit.append(lines);
  checkpointer.resume(checkpointed);
  const records = COLLECTION_NAMES.reduce((total, name) => total + tables[name].size, 0);
  return { lastSeq, records, replayed };
}

async function loadShards({
  tables,
  shards,
  checkpointer,
  migrations,
}: RecoveryParts): Promise<{ readonly seqOf: Map<Shard, number>; readonly anyRestored: boolean }> {
  const seqOf = new Map<Shard, number>();
  let anyRestored = false;
  for await (const loaded of shards.load()) {
    const { shard, file, restored } = loaded;
    assertNotNewer(file.schema, shard.name, migrations);
    await fill(tables, loaded, migrations);
    seqOf.set(shard, file.seq);
    anyRestored ||= restored;
    if (restored || file.schema < currentSchema(migrations)) {
      checkpointer.markDirty(shard);
    }
  }
  return { seqOf, anyRestored };
}

async function fill(
  tables: Tables,
  { shard: { collection, name }, file }: LoadedShard,
  migrations: readonly Migration[],
): Promise<void> {
  const breathe = createBreather();
  for (const { at, record } of file.rows) {
    await breathe();
    const raw = migrateRecord(collection, record, file.schema, migrations);
    const parsed = parseRecord(collection, raw, name);
    put(tables, collection, { record: parsed, writtenAt: at });
  }
}

function put<Name extends CollectionName>(
  tables: Tables,
  collection: Name,
  entry: Entry<Collections[Name]>,
): void {
  tables[collection].set(entry.record.id, entry);
}

/** False when the shards had all of it already. */
async function replay(
  { tables, checkpointer, migrations }: RecoveryParts,
  commit: CommitFile,
  seqOf: ReadonlyMap<Shard, number>,
): Promise<boolean> {
  const name = `redo/${commit.seq}`;
  assertNotNewer(commit.schema, name, migrations);
  const breathe = createBreather();
  let news = false;
  for (const { collection, id, row } of commit.rows) {
    await breathe();
    const shard = shardHolding(collection, id);
    checkpointer.markStaleBackup(shard);
    if (commit.seq <= (seqOf.get(shard) ?? 0)) continue;
    news = true;
    checkpointer.markDirty(shard);
    if (row === undefined) {
      applyChange(tables, collection, id, null);
      continue;
    }
    const raw = migrateRecord(collection, row.record, commit.schema, migrations);
    put(tables, collection, { record: parseRecord(collection, raw, name), writtenAt: row.at });
  }
  return news;
}
