import { idOf, type UserId } from '../../domain/ids.ts';
import { HOUR_MS } from '../../domain/time.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import { chunksOf } from './chunks.ts';
import { anyOf } from './odata-literal.ts';
import { isKey, keyIn } from './row-values.ts';
import type { Asking, WebApi } from './web-api.ts';

/** Users of Dynamics 365 are known by their key there, people in Teams by their Entra object id. */
export interface People {
  /** Those that have one: teams, deleted users and users of on-premises have none. */
  idsOf(systemUserIds: Iterable<string>, asking: Asking): Promise<ReadonlyMap<string, UserId>>;
  /** The user record of a person; undefined for somebody who is no user of this organization. */
  systemUserOf(id: UserId, asking: Asking): Promise<string | undefined>;
}

const COLUMNS = ['systemuserid', 'azureactivedirectoryobjectid'];
/** Beyond, reading all users is cheaper than asking for each. */
const FEW = 200;
const MOST_KEPT = 50_000;
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

  async function read(filter: string, asking: Asking): Promise<ReadonlyMap<string, UserId>> {
    const found = new Map<string, UserId>();
    for (const row of await api.list(
      'systemusers',
      { select: COLUMNS, filter, bare: true },
      asking,
    )) {
      const key = keyIn(row, 'systemuserid');
      const id = keyIn(row, 'azureactivedirectoryobjectid');
      if (key === null || id === null) continue;
      found.set(key, idOf(id));
      entra.keep(key, idOf(id));
      systemUsers.keep(idOf<UserId>(id), key);
    }
    return found;
  }

  return {
    async idsOf(systemUserIds, asking) {
      const ids = new Map<string, UserId>();
      const missing: string[] = [];
      for (const key of new Set(systemUserIds)) {
        const known = entra.get(key);
        if (known === undefined && isKey(key)) missing.push(key);
        else if (known !== undefined && known !== null) ids.set(key, known);
      }
      const filters =
        missing.length > FEW
          ? ['azureactivedirectoryobjectid ne null']
          : chunksOf(missing).map((some) => anyOf('systemuserid', some));
      for (const filter of filters) {
        for (const [key, id] of await read(filter, asking)) ids.set(key, id);
      }
      for (const key of missing) if (!ids.has(key)) entra.keep(key, null);
      return ids;
    },
    async systemUserOf(id, asking) {
      const kept = systemUsers.get(id);
      if (kept !== undefined) return kept ?? undefined;
      if (!isKey(id)) return undefined;
      const [key] = (await read(`azureactivedirectoryobjectid eq ${id}`, asking)).keys();
      if (key === undefined) systemUsers.keep(id, null);
      return key;
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
