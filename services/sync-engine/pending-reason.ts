import type { Mailbox } from '../domain/mailbox.ts';
import type { Organization } from '../domain/organization.ts';
import type { PendingReason } from '../domain/outgoing-message.ts';
import { needsApproval } from '../domain/permission.ts';
import type { EmailServerProfile } from '../domain/profile.ts';

/** What stands between a Pending Send message and its server; the first that applies. */
export function pendingReason(
  mailbox: Mailbox,
  profile: EmailServerProfile | null,
  organization: Organization,
): PendingReason {
  const { outgoing } = mailbox.directions;
  if (!mailbox.active) return 'mailbox-inactive';
  if (outgoing.method !== 'server-side-synchronization' || profile === null) {
    return 'not-synchronized-by-server';
  }
  if (needsApproval(mailbox, profile, organization)) return 'address-not-approved';
  if (outgoing.disabledAt !== null) return 'outgoing-disabled';
  if (!outgoing.enabled) return 'outgoing-not-enabled';
  return outgoing.transientFailures > 0 || outgoing.confirming ? 'retrying' : 'next-cycle';
}
