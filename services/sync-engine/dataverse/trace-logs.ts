import { setImmediate } from 'node:timers/promises';
import { MINUTE_MS } from '../../domain/time.ts';
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
/** Experts edit articles while the engine runs. */
const NAMES_KEPT_MS = 10 * MINUTE_MS;
/** Beyond, all that is serious is read at once, and the newest of it explains. */
const FEW = 200;
const MOST_AT_ONCE = 5_000;
/** Reading a text takes half a millisecond; others have their turn in between. */
const NAMED_AT_ONCE = 50;

export function createTraceLogs({
  api,
  diagnose,
  article,
  scheduler,
}: Pick<DataverseParts, 'api' | 'diagnose' | 'article' | 'scheduler'>): TraceLogs {
  const names = new Map<string, { readonly named: NamedAlert; readonly until: number }>();

  async function nameOf(row: Row): Promise<NamedAlert> {
    const columns = ['level', 'text', 'tracecode', 'errortypedisplay', 'errordetails'];
    const table = lookupIn(row, 'regardingobjectid')?.table ?? '';
    const key = JSON.stringify([table, ...columns.map((column) => row[column] ?? null)]);
    const known = names.get(key);
    if (known !== undefined && known.until > scheduler.now()) return known.named;
    const named = await nameAlert(row, { diagnose, article });
    names.delete(key);
    names.set(key, { named, until: scheduler.now() + NAMES_KEPT_MS });
    const [oldest] = names.keys();
    if (names.size > MOST_NAMES && oldest !== undefined) names.delete(oldest);
    return named;
  }

  async function list(filter: string, top: number, asking: Asking): Promise<readonly ReadLog[]> {
    const query = { select: TRACE_LOG_COLUMNS, filter, orderBy: NEWEST_FIRST, top };
    const logs: ReadLog[] = [];
    for (const row of await api.list('tracelogs', query, asking)) {
      // Without words there is nothing to read.
      if (textIn(row, 'text') === null) continue;
      logs.push({ row, named: await nameOf(row) });
      if (logs.length % NAMED_AT_ONCE === 0) await setImmediate();
    }
    return logs;
  }

  return {
    list,
    async regarding(keys, { serious, each }, asking) {
      const wanted = [...new Set(keys)];
      const found = new Map<string, ReadLog[]>(wanted.map((key) => [key, []]));
      const take = (logs: readonly ReadLog[]): void => {
        for (const log of logs) {
          const of = found.get(lookupIn(log.row, 'regardingobjectid')?.id ?? '');
          if (of !== undefined && of.length < each) of.push(log);
        }
      };
      if (wanted.length > FEW) {
        take(await list(SERIOUS, MOST_AT_ONCE, asking));
        return found;
      }
      for (const some of chunksOf(wanted)) {
        const about = anyOf('_regardingobjectid_value', some);
        take(await list(serious ? `${about} and ${SERIOUS}` : about, each * some.length, asking));
      }
      return found;
    },
  };
}
