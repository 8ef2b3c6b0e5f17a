import type { Caller } from './callers.ts';
import type { Inside } from './inside.ts';
import { Refusal } from './refusal.ts';
import { isReference, moment, type Row, sameValue, type Value, type Values } from './row.ts';

export const APPROVED = 1;
const PENDING = 2;
const EXCHANGE_ONLINE = 3;
const SYSTEM_ADMINISTRATOR = 'System Administrator';
const DELEGATED_APPROVER = 'Delegated Mailbox Approver';

/** What a person without the right to approve is told: both texts have been seen, and silence. */
export type Denial = 'names-the-user' | 'names-the-roles' | 'silent';

export interface Approvals {
  denial: Denial;
  /** Drops or refuses a written approval that the caller may not give. */
  rule(row: Row, values: Values, caller: Caller): Values;
  /** Another address has to be approved anew. */
  addressReset(row: Row, values: Values): Values;
  /** The mailbox of a user or queue says the same as its carrier. */
  follow(table: string, row: Row, written: Values, caller: Caller): void;
  approveMailbox(mailbox: Row, by: string): void;
}

export const carriesApproval = (table: string): boolean =>
  ['systemuser', 'queue', 'mailbox'].includes(table);

export function createApprovals(inside: Inside): Approvals {
  const { rows, metadata, organizationId } = inside;

  function mailboxOf(row: Row): Row | undefined {
    if (row.table === 'mailbox') return row;
    const mailbox = row.values.defaultmailbox;
    return isReference(mailbox) ? rows.get('mailbox', mailbox.id) : undefined;
  }

  function isOnline(row: Row): boolean {
    const profile = mailboxOf(row)?.values.emailserverprofile;
    if (!isReference(profile)) return false;
    return rows.get('emailserverprofile', profile.id)?.values.servertype === EXCHANGE_ONLINE;
  }

  function mayApprove(row: Row, caller: Caller): boolean {
    if (!caller.roles.includes(SYSTEM_ADMINISTRATOR)) return false;
    if (!isOnline(row)) return true;
    return caller.entraRoles.length > 0 || caller.roles.includes(DELEGATED_APPROVER);
  }

  function denied(caller: Caller): Refusal {
    const text =
      approvals.denial === 'names-the-user'
        ? `User ${caller.userId} should be a global administrator or exchange administrator to approve mailbox in organization ${organizationId}.`
        : 'This email address can only be approved by a user with the Global Administrator or Exchange Administrator role in Office 365 or the Delegated Mailbox Approver role in Dynamics 365.';
    return new Refusal(403, '0x0', text);
  }

  const approvalOf = (row: Row, approval: Value): Values => ({
    emailrouteraccessapproval: approval,
    isemailaddressapprovedbyo365admin: approval === APPROVED && isOnline(row),
  });

  const approvals: Approvals = {
    denial: 'names-the-roles',
    rule(row, values, caller) {
      const { emailrouteraccessapproval: wanted, ...others } = values;
      if (wanted === undefined || sameValue(wanted, row.values.emailrouteraccessapproval)) {
        return others;
      }
      if (wanted === PENDING) return { ...others, ...approvalOf(row, wanted) };
      // The documented trap: success, and nothing has changed.
      if (caller.kind === 'application') return others;
      inside.callers.demand(caller, 'prvApproveRejectEmailAddress', metadata.table(row.table));
      if (!mayApprove(row, caller)) {
        if (approvals.denial === 'silent') return others;
        throw denied(caller);
      }
      return { ...others, ...approvalOf(row, wanted) };
    },
    addressReset(row, values) {
      const column = row.table === 'queue' ? 'emailaddress' : 'internalemailaddress';
      const address = values[column];
      if (address === undefined || sameValue(address, row.values[column])) return values;
      return { ...values, emailrouteraccessapproval: PENDING };
    },
    follow(table, row, written, caller) {
      const mailbox = table === 'mailbox' ? undefined : mailboxOf(row);
      const changed: Record<string, Value> = {};
      if ('emailrouteraccessapproval' in written) {
        Object.assign(changed, approvalOf(row, written.emailrouteraccessapproval ?? null));
        if (written.emailrouteraccessapproval === APPROVED) {
          changed.emailaddressapprovedby = { table: 'systemuser', id: caller.userId };
          changed.emailaddressapprovedon = moment(inside.now());
        }
      }
      const address = written[table === 'queue' ? 'emailaddress' : 'internalemailaddress'];
      if (address !== undefined) changed.emailaddress = address;
      if (mailbox !== undefined && Object.keys(changed).length > 0) {
        rows.update('mailbox', mailbox.id, changed, caller.userId);
      }
      const whose = table === 'mailbox' ? row.values.regardingobjectid : undefined;
      if ('emailrouteraccessapproval' in written && isReference(whose)) {
        const approval = approvalOf(row, written.emailrouteraccessapproval ?? null);
        rows.update(whose.table, whose.id, approval, caller.userId);
      }
    },
    approveMailbox(mailbox, by) {
      const whose = mailbox.values.regardingobjectid;
      const approval = approvalOf(mailbox, APPROVED);
      rows.update('mailbox', mailbox.id, approval, by);
      if (isReference(whose)) rows.update(whose.table, whose.id, approval, by);
    },
  };
  return approvals;
}
