import { APPROVED, type Approvals } from './approvals.ts';
import type { Caller } from './callers.ts';
import type { Inside } from './inside.ts';
import { isConfigured, type Outcome, overall, resultOf } from './mailbox-directions.ts';
import { Refusal } from './refusal.ts';
import { isReference, moment, type Row, textOf, type Value, type Values } from './row.ts';
import { type Cause, DIRECTIONS, type Direction, type TraceLogs } from './trace-logs.ts';

/** How a direction will come out: well, or for a cause that has its documented words. */
export type Result = 'success' | Cause;

export interface TestScript {
  /** Directions that are not named pass. */
  readonly results?: Partial<Record<Direction, Result>>;
  readonly takesMs?: number;
}

export interface TestAndEnable {
  /** How tests of a mailbox will come out from now on. */
  script(mailboxId: string, script: TestScript): void;
  /** "Sync items with Exchange from this organization only" is needed for this mailbox. */
  primaryElsewhere(mailboxId: string): void;
  /** Off, as in a sandbox in administration mode: tests stay scheduled for ever. */
  backgroundOperations: boolean;
  beforeSave(row: Row, values: Values, caller: Caller): Values;
  afterSave(row: Row, written: Values): void;
}

const TAKES_MS = 120_000;
const OWN_APPROVAL = 'RequirePrivilegeToSelfApproveEmailAddress';

export function createTestAndEnable(
  inside: Inside,
  approvals: Approvals,
  traces: TraceLogs,
): TestAndEnable {
  const { rows, scheduler, systemUserId } = inside;
  const scripts = new Map<string, TestScript>();
  const elsewhere = new Set<string>();

  function mayApproveOwn(mailbox: Row): boolean {
    const whose = mailbox.values.regardingobjectid;
    if (!isReference(whose) || whose.table !== 'systemuser') return false;
    const tester = mailbox.values.testandenablelastattemptedby;
    const name = rows.get('systemuser', whose.id)?.values.domainname;
    const settings = rows.get('organization', inside.organizationId)?.values.orgdborgsettings;
    const required = textOf(settings).includes(`<${OWN_APPROVAL}>true`);
    const isOwn = isReference(tester) && tester.id === whose.id;
    return isOwn && !required && sameAddress(name, mailbox.values.emailaddress);
  }

  function lacksApproval(mailbox: Row): boolean {
    if (mailbox.values.emailrouteraccessapproval === APPROVED) return false;
    const settings = rows.get('organization', inside.organizationId)?.values;
    const whose = mailbox.values.regardingobjectid;
    const isQueue = isReference(whose) && whose.table === 'queue';
    const needed = isQueue
      ? settings?.requireapprovalforqueueemail
      : settings?.requireapprovalforuseremail;
    return needed === true;
  }

  function resultFor(mailbox: Row, direction: Direction): Result | undefined {
    if (!isConfigured(mailbox, direction)) return undefined;
    if (lacksApproval(mailbox)) return 'approval-missing';
    const marked = mailbox.values.orgmarkedasprimaryforexchangesync === true;
    if (direction === 'act' && elsewhere.has(mailbox.id) && !marked) return 'other-organization';
    return scripts.get(mailbox.id)?.results?.[direction] ?? 'success';
  }

  function finish(mailboxId: string): void {
    const scheduled = rows.get('mailbox', mailboxId);
    if (scheduled === undefined || !tests.backgroundOperations) return;
    if (lacksApproval(scheduled) && mayApproveOwn(scheduled)) {
      approvals.approveMailbox(scheduled, systemUserId);
    }
    const mailbox = rows.get('mailbox', mailboxId) ?? scheduled;
    const written: Record<string, Value> = {};
    for (const direction of DIRECTIONS) {
      const result = resultFor(mailbox, direction);
      if (result !== undefined && result !== 'success') traces.failure(mailbox, result, direction);
      Object.assign(written, resultOf(direction, outcomeOf(result)));
    }
    if (written.enabledforact === true) {
      written.isactsyncorgflagset = true;
      elsewhere.delete(mailboxId);
    }
    written.mailboxstatus = overall(written);
    written.testemailconfigurationscheduled = false;
    written.testmailboxaccesscompletedon = moment(inside.now());
    rows.update('mailbox', mailboxId, written, systemUserId);
  }

  const tests: TestAndEnable = {
    script: (mailboxId, script) => void scripts.set(mailboxId, script),
    primaryElsewhere: (mailboxId) => void elsewhere.add(mailboxId),
    backgroundOperations: true,
    beforeSave(row, values, caller) {
      if (values.testemailconfigurationscheduled !== true) return values;
      const after = { ...row.values, ...values };
      if (after.statecode !== 0) {
        const text =
          'The mailbox is in inactive state. Send/Receive mails are allowed only for active mailboxes.';
        throw new Refusal(400, '0x8005e219', text);
      }
      if (!isReference(after.emailserverprofile)) {
        const text =
          'Email Server Profile is not associated with the current mailbox. Please associate a valid profile to send/receive mails.';
        throw new Refusal(400, '0x8005e222', text);
      }
      return {
        ...values,
        testandenablelastattemptedby: { table: 'systemuser', id: caller.userId },
        testandenablelastattemptedon: moment(inside.now()),
      };
    },
    afterSave(row, written) {
      if (written.testemailconfigurationscheduled !== true) return;
      const takesMs = scripts.get(row.id)?.takesMs ?? TAKES_MS;
      scheduler.after(takesMs, () => rows.atomically(() => finish(row.id)));
    },
  };
  return tests;
}

const outcomeOf = (result: Result | undefined): Outcome => {
  if (result === undefined) return 'not-run';
  return result === 'success' ? 'success' : 'failure';
};

const sameAddress = (a: Value | undefined, b: Value | undefined): boolean =>
  typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
