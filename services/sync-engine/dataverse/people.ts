import { idOf, type UserId } from '../../domain/ids.ts';
import { HOUR_MS } from '../../domain/time.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import { isKey, keyIn, type RowValues } from './row-values.ts';
import type { Asking, WebApi } from './web-api.ts';

/** Users of Dynamics 365 are known by their key there, people in Teams by their Entra object id. */
export interface People {
  /** Those that have one: teams, deleted users and users of on-premises have none. */
  idsOf(systemUserIds: Iterable<string>, asking: Asking): Promise<ReadonlyMap<string, UserId>>;
  /** The user record of a person; undefined for somebody who is no user of this organization. */
  systemUserOf(id: UserId, asking: Asking): Promise<string | undefined>;
}

const COLUMNS = ['systemuserid', 'azureactivedirectoryobjectid'];
/** Keys of a filter, so that the address stays well below what a proxy lets through. */
const AT_ONCE = 25;
const MOST_KEPT = 20_000;
/** Somebody's key is never given to another; that somebody has got none yet may change. */
const KEPT_MS = 12 * HOUR_MS;
const UNKNOWN_KEPT_MS = HOUR_MS / 6;

interface Kept<Value> {
  readonly value: Value | null;
  readonly until: number;
}

export function createPeople(api: Pick<WebApi, 'list'>, scheduler: Pick<Scheduler, 'now'>): People {
  const entra = createBoundedCache<UserId>(scheduler);
  const systemUsers = createBoundedCache<string>(scheduler);

  function keep(rows: readonly RowValues[]): void {
    for (const row of rows) {
      const key = keyIn(row, 'systemuserid');
      const object = keyIn(row, 'azureactivedirectoryobjectid');
      const id = object === null ? null : idOf<UserId>(object);
      if (key === null) continue;
      entra.keep(key, id);
      if (id !== null) systemUsers.keep(id, key);
    }
  }

  return {
    async idsOf(systemUserIds, asking) {
      const wanted = [...new Set(systemUserIds)].filter(isKey);
      const missing = wanted.filter((key) => entra.get(key) === undefined);
      for (let from = 0; from < missing.length; from += AT_ONCE) {
        const some = missing.slice(from, from + AT_ONCE);
        const filter = some.map((key) => `systemuserid eq ${key}`).join(' or ');
        const rows = await api.list('systemusers', { select: COLUMNS, filter, bare: true }, asking);
        for (const key of some) entra.keep(key, null);
        keep(rows);
      }
      return new Map(
        wanted.flatMap((key) => {
          const id = entra.get(key);
          return id === undefined || id === null ? [] : [[key, id] as const];
        }),
      );
    },
    async systemUserOf(id, asking) {
      const kept = systemUsers.get(id);
      if (kept !== undefined) return kept ?? undefined;
      if (!isKey(id)) return undefined;
      const filter = `azureactivedirectoryobjectid eq ${id}`;
      const rows = await api.list('systemusers', { select: COLUMNS, filter, bare: true }, asking);
      systemUsers.keep(id, null);
      keep(rows);
      return systemUsers.get(id) ?? undefined;
    },
  };
}

interface BoundedCache<Value> {
  /** Undefined: not known here; null: known to be nobody. */
  get(key: string): Value | null | undefined;
  keep(key: string, value: Value | null): void;
}

function createBoundedCache<Value>({ now }: Pick<Scheduler, 'now'>): BoundedCache<Value> {
  const kept = new Map<string, Kept<Value>>();
  return {
    get(key) {
      const found = kept.get(key);
      return found === undefined || found.until <= now() ? undefined : found.value;
    },
    keep(key, value) {
      kept.delete(key);
      kept.set(key, { value, until: now() + (value === null ? UNKNOWN_KEPT_MS : KEPT_MS) });
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    },
  };
}
