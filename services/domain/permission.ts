import type { Mailbox } from './mailbox.ts';
import type { Organization } from './organization.ts';
import { hasRole, type Person, type Role } from './person.ts';
import type { EmailServerProfile, ServerType } from './profile.ts';

export type DenialReason =
  | 'needs-office-administrator'
  | 'needs-system-administrator'
  | 'needs-approve-privilege'
  | 'needs-administrator-or-owner'
  | 'not-visible';

export type Permission =
  | { readonly allowed: true; readonly ourReading: boolean }
  | {
      readonly allowed: false;
      readonly reason: DenialReason;
      /** Who could: the bot offers to ask a person with one of these roles. */
      readonly askRoles: readonly Role[];
    };

const allowed: Permission = { allowed: true, ourReading: false };

/**
 * Who may approve an address (domain.md §4.10, ADM/connect-exchange-online).
 * Exchange Online wants an administrator of Microsoft 365 as well as of Dynamics, or a delegated
 * approver; POP3 and IMAP online are not in Microsoft's table: `ourReading` marks that row.
 */
export function mayApprove(
  person: Person,
  profile: EmailServerProfile,
  organization: Organization,
): Permission {
  const systemAdministrator = hasRole(person, 'system-administrator');
  if (organization.deployment === 'online' && profile.serverType === 'exchange-online') {
    const officeRole =
      hasRole(person, 'global-administrator') ||
      hasRole(person, 'exchange-administrator') ||
      hasRole(person, 'delegated-mailbox-approver');
    if (!officeRole || !systemAdministrator) {
      return {
        allowed: false,
        reason: officeRole ? 'needs-system-administrator' : 'needs-office-administrator',
        askRoles: ['global-administrator', 'exchange-administrator', 'delegated-mailbox-approver'],
      };
    }
  } else if (!systemAdministrator) {
    return {
      allowed: false,
      reason: 'needs-system-administrator',
      askRoles: ['system-administrator'],
    };
  }
  if (!person.privileges.includes('approve-email-addresses')) {
    return {
      allowed: false,
      reason: 'needs-approve-privilege',
      askRoles: ['system-administrator'],
    };
  }
  const documented =
    profile.serverType === 'exchange-online' ||
    profile.serverType === 'exchange-server' ||
    organization.deployment === 'on-premises';
  return documented ? allowed : { allowed: true, ourReading: true };
}

/**
 * Whose mailbox it is may approve its address by testing it: the sign-in name equals the address, it
 * is no queue, and either the organization asks for no privilege or the person has it (domain.md
 * §4.10, newest documents; in 2022 the privilege was always needed). The directory knows people by
 * their e-mail address, which stands for the sign-in name here. Write access to one's own mailbox is
 * taken as given.
 */
export function maySelfApprove(
  person: Person,
  mailbox: Mailbox,
  organization: Organization,
): boolean {
  if (organization.deployment !== 'online' || mailbox.kind !== 'user') return false;
  if (mailbox.ownerId !== person.id) return false;
  if (person.email.toLowerCase() !== mailbox.address.toLowerCase()) return false;
  return (
    !organization.approval.selfApprovalNeedsPrivilege ||
    person.privileges.includes('approve-email-addresses')
  );
}

/**
 * Test & Enable of one mailbox: a System administrator, and whoever may approve the address by that
 * (`selfApproves`), since it could not be done otherwise. What was rejected, its owner does not
 * approve after all.
 */
export function mayTestAndEnable(
  person: Person,
  mailbox: Mailbox,
  organization: Organization | null,
): Permission & { readonly selfApproves: boolean } {
  const selfApproves =
    organization !== null &&
    mailbox.approval.state !== 'rejected' &&
    maySelfApprove(person, mailbox, organization);
  return { ...(selfApproves ? allowed : mayAdminister(person)), selfApproves };
}

/** Test & Enable, enable and disable: a System administrator. */
export function mayAdminister(person: Person): Permission {
  return hasRole(person, 'system-administrator')
    ? allowed
    : { allowed: false, reason: 'needs-system-administrator', askRoles: ['system-administrator'] };
}

/** Hold, release or cancel what waits to be sent: a System administrator, or whose mailbox it is. */
export function mayDecideWaiting(person: Person, mailbox: Mailbox): Permission {
  if (mailbox.ownerId === person.id || hasRole(person, 'system-administrator')) return allowed;
  return {
    allowed: false,
    reason: 'needs-administrator-or-owner',
    askRoles: ['system-administrator'],
  };
}

/** A mailbox is seen by its owner, by the owner of its profile, and by administrators. */
export function maySee(
  person: Person,
  mailbox: Mailbox,
  profile: EmailServerProfile | null,
): boolean {
  return person.roles.length > 0 || mailbox.ownerId === person.id || profile?.ownerId === person.id;
}

/** What concerns a profile as a whole is for its owner, and for administrators. */
export function mayActForProfile(person: Person, profile: EmailServerProfile): boolean {
  return person.roles.length > 0 || profile.ownerId === person.id;
}

/** The document's alert for a missing approval: Exchange Online has one of its own. */
export function missingApprovalTopic(serverType: ServerType | undefined): string {
  return serverType === 'exchange-online' ? 'o365-approval' : 'approval-required';
}

/** An address must be approved before mail flows: always for Exchange Online, else by system setting. */
export function needsApproval(
  mailbox: Mailbox,
  profile: EmailServerProfile,
  organization: Organization,
): boolean {
  if (mailbox.approval.state === 'approved') return false;
  if (profile.serverType === 'exchange-online') return true;
  return mailbox.kind === 'queue'
    ? organization.approval.requiredForQueues
    : organization.approval.requiredForUsers;
}
