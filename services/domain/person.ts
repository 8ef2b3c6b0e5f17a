import type { UserId } from './ids.ts';

/** Roles that decide who may approve and test (domain.md §4.10). */
export const ROLES = [
  'system-administrator',
  'global-administrator',
  'exchange-administrator',
  'delegated-mailbox-approver',
] as const;
export type Role = (typeof ROLES)[number];

/** Dataverse privilege `prvApproveRejectEmailAddress`, held through a security role. */
export type Privilege = 'approve-email-addresses';

export interface Person {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly privileges: readonly Privilege[];
}

export function hasRole(person: Person, role: Role): boolean {
  return person.roles.includes(role);
}
