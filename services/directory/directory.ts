import type { UserId } from '../domain/ids.ts';
import type { Person, Role } from '../domain/person.ts';

/** Who is who and who may do what. Fails closed: an unknown person has no roles. */
export interface Directory {
  person(id: UserId): Promise<Person | undefined>;
  withRole(role: Role): Promise<readonly Person[]>;
}
