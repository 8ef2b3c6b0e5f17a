import type { Organization } from '../domain/organization.ts';
import { mayApprove } from '../domain/permission.ts';
import type { Person } from '../domain/person.ts';
import type { EmailServerProfile } from '../domain/profile.ts';
import type { Directory } from './directory.ts';

/** A role alone is not enough: only those who really may press the button. Every rule wants this role. */
export async function whoMayApprove(
  directory: Pick<Directory, 'withRole'>,
  profile: EmailServerProfile,
  organization: Organization,
): Promise<readonly Person[]> {
  const candidates = await directory.withRole('system-administrator');
  return candidates.filter((person) => mayApprove(person, profile, organization).allowed);
}
