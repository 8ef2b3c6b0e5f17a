import type { Activity } from 'botbuilder';
import type { Directory } from '../../services/directory/index.ts';
import { idOf, type UserId } from '../../services/domain/ids.ts';
import type { Person } from '../../services/domain/person.ts';

/**
 * Who sent a verified activity, read again from the directory each time: a role that was taken away a
 * minute ago is gone. Somebody the directory does not know has no roles and owns nothing.
 */
export async function senderOf(activity: Activity, directory: Directory): Promise<Person> {
  const id = senderIdOf(activity);
  return (await directory.person(id)) ?? stranger(id, activity.from.name);
}

export function stranger(id: UserId, name: string | undefined): Person {
  return { id, name: name ?? '', email: '', roles: [], privileges: [] };
}

/** Entra object ids are compared in lower case. A sender without one gets an id that nobody has. */
function senderIdOf(activity: Activity): UserId {
  const objectId: unknown = activity.from.aadObjectId;
  return idOf<UserId>(
    typeof objectId === 'string' && objectId !== ''
      ? objectId.toLowerCase()
      : `channel:${activity.from.id}`,
  );
}
