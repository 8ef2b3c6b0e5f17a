import type { UserId } from '../../domain/ids.ts';
import { chunksOf } from './chunks.ts';
import { anyOf } from './odata-literal.ts';
import type { People } from './people.ts';
import { keyIn, type Lookup, lookupIn } from './row-values.ts';
import type { Asking, Row, WebApi } from './web-api.ts';

/** Whose something is, as people in Teams. */
export interface Owners {
  /** Of mailboxes, in their order: its user, the owner of its queue, or the owner of a forward mailbox. */
  ofMailboxes(rows: readonly Row[], asking: Asking): Promise<readonly (UserId | null)[]>;
  /** Whoever the record is assigned to; a team is nobody. */
  ofRecords(rows: readonly Row[], asking: Asking): Promise<readonly (UserId | null)[]>;
  /** Mailboxes of a person, as a filter; undefined where the person is no user there. */
  filterOf(id: UserId, asking: Asking): Promise<string | undefined>;
}

export function createOwners(api: Pick<WebApi, 'list'>, people: People): Owners {
  async function queueOwners(
    queues: readonly string[],
    asking: Asking,
  ): Promise<ReadonlyMap<string, Lookup>> {
    const owners = new Map<string, Lookup>();
    const wanted = [...new Set(queues)];
    const some = chunksOf(wanted).map((keys) => ({ filter: anyOf('queueid', keys) }));
    for (const which of wanted.length > FEW ? [{}] : some) {
      const query = { select: ['queueid', '_ownerid_value'], ...which };
      for (const row of await api.list('queues', query, asking)) {
        const queue = keyIn(row, 'queueid');
        const owner = lookupIn(row, 'ownerid');
        if (queue !== null && owner !== null) owners.set(queue, owner);
      }
    }
    return owners;
  }

  async function personal(
    lookups: readonly (Lookup | null)[],
    asking: Asking,
  ): Promise<readonly (UserId | null)[]> {
    const users = lookups.map((lookup) => (lookup?.table === 'team' ? null : (lookup?.id ?? null)));
    const ids = await people.idsOf(
      users.filter((user) => user !== null),
      asking,
    );
    return users.map((user) => (user === null ? null : (ids.get(user) ?? null)));
  }

  return {
    async ofMailboxes(rows, asking) {
      const whose = rows.map(
        (row) => lookupIn(row, 'regardingobjectid') ?? lookupIn(row, 'ownerid'),
      );
      const queues = whose.filter((lookup) => lookup?.table === 'queue');
      const owners = await queueOwners(
        queues.flatMap((queue) => (queue === null ? [] : [queue.id])),
        asking,
      );
      return personal(
        whose.map((lookup) =>
          lookup?.table === 'queue' ? (owners.get(lookup.id) ?? null) : lookup,
        ),
        asking,
      );
    },
    ofRecords: (rows, asking) =>
      personal(
        rows.map((row) => lookupIn(row, 'ownerid')),
        asking,
      ),
    async filterOf(id, asking) {
      const user = await people.systemUserOf(id, asking);
      if (user === undefined) return undefined;
      const query = { select: ['queueid'], filter: `_ownerid_value eq ${user}`, bare: true };
      const queues = await api.list('queues', query, asking);
      const keys = [user, ...queues.flatMap((row) => keyIn(row, 'queueid') ?? [])];
      const forwards = `(_regardingobjectid_value eq null and _ownerid_value eq ${user})`;
      return `${anyOf('_regardingobjectid_value', keys.slice(0, MOST_QUEUES))} or ${forwards}`;
    },
  };
}

/** Beyond, reading all queues is cheaper than asking for each. */
const FEW = 200;

/** Whoever owns more sees them in Dynamics 365. */
const MOST_QUEUES = 100;
