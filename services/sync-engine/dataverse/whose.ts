import type { UserId } from '../../domain/ids.ts';
import type { People } from './people.ts';
import { keyIn } from './row-values.ts';
import type { Asking, WebApi } from './web-api.ts';

/** A person as rows name them. */
export interface KeysOfPerson {
  readonly systemUser: string;
  /** The person and the queues that are theirs: whom a mailbox may belong to. */
  readonly all: ReadonlySet<string>;
}

/** Null for somebody who is no user of this organization. */
export async function keysOf(
  userId: UserId,
  {
    api,
    people,
  }: { readonly api: Pick<WebApi, 'list'>; readonly people: Pick<People, 'systemUserOf'> },
  asking: Asking,
): Promise<KeysOfPerson | null> {
  const systemUser = await people.systemUserOf(userId, asking);
  if (systemUser === undefined) return null;
  const query = { select: ['queueid'], filter: `_ownerid_value eq ${systemUser}`, bare: true };
  const queues = await api.list('queues', query, asking);
  return {
    systemUser,
    all: new Set([systemUser, ...queues.flatMap((row) => keyIn(row, 'queueid') ?? [])]),
  };
}
