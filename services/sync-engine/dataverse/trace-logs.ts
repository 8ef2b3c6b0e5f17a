import { chunksOf } from './chunks.ts';
import { TRACE_LOG_COLUMNS } from './columns.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { type NamedAlert, nameAlert } from './failure-of-alert.ts';
import { anyOf } from './odata-literal.ts';
import { lookupIn, textIn } from './row-values.ts';
import type { Asking, Row } from './web-api.ts';

/** A trace log with what it says. */
export interface ReadLog {
  readonly row: Row;
  readonly named: NamedAlert;
}

export interface TraceLogs {
  /** Newest first, of each mailbox or profile; `serious`: errors and warnings alone. */
  regarding(
    keys: readonly string[],
    wanted: { readonly serious: boolean; readonly each: number },
    asking: Asking,
  ): Promise<ReadonlyMap<string, readonly ReadLog[]>>;
  /** Newest first. */
  list(filter: string, top: number, asking: Asking): Promise<readonly ReadLog[]>;
}

const NEWEST_FIRST = 'createdon desc';
const SERIOUS = 'level ge 2';
/** Names of mailboxes stand in the texts: a text is met again when the same mailbox is read again. */
const MOST_NAMES = 5_000;

export function createTraceLogs({
  api,
  diagnose,
  article,
}: Pick<DataverseParts, 'api' | 'diagnose' | 'article'>): TraceLogs {
  const names = new Map<string, NamedAlert>();

  async function nameOf(row: Row): Promise<NamedAlert> {
    const columns = ['level', 'text', 'tracecode', 'errortypedisplay', 'errordetails'];
    const table = lookupIn(row, 'regardingobjectid')?.table ?? '';
    const key = JSON.stringify([table, ...columns.map((column) => row[column] ?? null)]);
    const known = names.get(key);
    if (known !== undefined) return known;
    const named = await nameAlert(row, { diagnose, article });
    names.set(key, named);
    const [oldest] = names.keys();
    if (names.size > MOST_NAMES && oldest !== undefined) names.delete(oldest);
    return named;
  }

  async function list(filter: string, top: number, asking: Asking): Promise<readonly ReadLog[]> {
    const query = { select: TRACE_LOG_COLUMNS, filter, orderBy: NEWEST_FIRST, top };
    const logs: ReadLog[] = [];
    for (const row of await api.list('tracelogs', query, asking)) {
      // Without words there is nothing to read.
      if (textIn(row, 'text') !== null) logs.push({ row, named: await nameOf(row) });
    }
    return logs;
  }

  return {
    list,
    async regarding(keys, { serious, each }, asking) {
      const found = new Map<string, ReadLog[]>();
      for (const some of chunksOf([...new Set(keys)])) {
        const about = anyOf('_regardingobjectid_value', some);
        const filter = serious ? `${about} and ${SERIOUS}` : about;
        for (const log of await list(filter, each * some.length, asking)) {
          const key = lookupIn(log.row, 'regardingobjectid')?.id;
          if (key === undefined) continue;
          const logs = found.get(key) ?? [];
          if (logs.length < each) logs.push(log);
          found.set(key, logs);
        }
      }
      return found;
    },
  };
}
