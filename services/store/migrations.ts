import { AppError } from '../observability/index.ts';
import { answersAreKept } from './migrations/2-answers-are-kept.ts';
import { messagesMayBeHeld } from './migrations/3-messages-may-be-held.ts';
import { earlyWarnings } from './migrations/4-early-warnings.ts';
import { dynamics365 } from './migrations/5-dynamics-365.ts';
import type { CollectionName } from './store.ts';

export type RawRecord = Readonly<Record<string, unknown>>;

/** Turns records of schema `to - 1` into records of schema `to`. Never edited once released. */
export interface Migration {
  readonly to: number;
  readonly records: { readonly [Name in CollectionName]?: (record: RawRecord) => RawRecord };
}

/** In order. */
export const MIGRATIONS: readonly Migration[] = [
  answersAreKept,
  messagesMayBeHeld,
  earlyWarnings,
  dynamics365,
];

/** The schema that this program writes. */
export function currentSchema(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.to ?? 1;
}

export function assertNotNewer(
  schema: number,
  file: string,
  migrations: readonly Migration[],
): void {
  const known = currentSchema(migrations);
  if (schema <= known) return;
  throw new AppError(
    'store-too-new',
    `${file} has schema ${schema}, this version knows up to ${known}: start the newer version, or restore the data directory from before the upgrade`,
  );
}

export function migrateRecord(
  collection: CollectionName,
  raw: unknown,
  schema: number,
  migrations: readonly Migration[],
): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  let record = raw as RawRecord;
  for (const migration of migrations) {
    if (migration.to > schema) record = migration.records[collection]?.(record) ?? record;
  }
  return record;
}
