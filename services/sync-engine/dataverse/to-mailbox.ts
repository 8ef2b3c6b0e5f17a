import type { OccurredFailure } from '../../domain/failure.ts';
import {
  idOf,
  type MailboxId,
  type OrganizationId,
  type ProfileId,
  type UserId,
} from '../../domain/ids.ts';
import {
  type ApprovalState,
  type Direction,
  type DirectionState,
  type Mailbox,
  type MailboxKind,
} from '../../domain/mailbox.ts';
import type { ServerType } from '../../domain/profile.ts';
import type { Instant } from '../../domain/time.ts';
import { ACT_METHODS, ACTIVE, APPROVALS, EMAIL_METHODS, STATUSES, wordFor } from './option-sets.ts';
import {
  flagIn,
  keyIn,
  lookupIn,
  momentIn,
  type RowValues,
  textIn,
  versionIn,
} from './row-values.ts';

/** What a mailbox's row does not say of it. */
export interface AroundMailbox {
  readonly organizationId: OrganizationId;
  readonly ownerId: UserId | null;
  /** Of its profile; null where it has none, or it is not known. */
  readonly serverType: ServerType | null;
  readonly pendingSend: number;
  /** What the open alerts say, the newest of each direction. */
  readonly failures: Readonly<Partial<Record<Direction, OccurredFailure>>>;
  readonly now: Instant;
}

const COLUMNS = {
  incoming: {
    method: 'incomingemaildeliverymethod',
    methods: EMAIL_METHODS,
    enabled: 'enabledforincomingemail',
    status: 'incomingemailstatus',
    postponed: 'receivingpostponeduntil',
  },
  outgoing: {
    method: 'outgoingemaildeliverymethod',
    methods: EMAIL_METHODS,
    enabled: 'enabledforoutgoingemail',
    status: 'outgoingemailstatus',
    postponed: 'postponesendinguntil',
  },
  act: {
    method: 'actdeliverymethod',
    methods: ACT_METHODS,
    enabled: 'enabledforact',
    status: 'actstatus',
    postponed: 'receivingpostponeduntilforact',
  },
} as const;

/** What the row itself says of a direction. */
export function directionIn(
  row: RowValues,
  direction: Direction,
): Pick<DirectionState, 'method' | 'enabled' | 'status'> {
  const columns = COLUMNS[direction];
  return {
    method: wordFor(columns.methods, row[columns.method]) ?? 'none',
    enabled: flagIn(row, columns.enabled) ?? false,
    status: wordFor(STATUSES, row[columns.status]) ?? 'not-run',
  };
}

/** Null: another value than those that are documented, or nothing; then it counts as not active. */
export const isActive = (row: RowValues): boolean => row.statecode === ACTIVE;

export function toMailbox(row: RowValues, around: AroundMailbox): Mailbox {
  const direction = (name: Direction): DirectionState => stateOf(row, name, around);
  const address = textIn(row, 'emailaddress') ?? '';
  return {
    id: mailboxIdIn(row),
    organizationId: around.organizationId,
    name: textIn(row, 'name') ?? address,
    address,
    kind: kindOf(row),
    ownerId: around.ownerId,
    profileId: profileIdIn(row),
    active: isActive(row),
    approval: { state: approvalOf(row, around.serverType), decidedBy: null, decidedAt: null },
    directions: {
      incoming: direction('incoming'),
      outgoing: direction('outgoing'),
      act: direction('act'),
    },
    pendingSend: around.pendingSend,
    version: versionIn(row),
  };
}

export const mailboxIdIn = (row: RowValues): MailboxId => idOf(keyIn(row, 'mailboxid') ?? '');

export function profileIdIn(row: RowValues): ProfileId | null {
  const key = keyIn(row, '_emailserverprofile_value');
  return key === null ? null : idOf(key);
}

export function kindOf(row: RowValues): MailboxKind {
  const whose = lookupIn(row, 'regardingobjectid');
  if (whose === null) return 'forward';
  return whose.table === 'queue' ? 'queue' : 'user';
}

/**
 * Exchange Online wants its own administrator's approval as well; Dynamics 365 may say "Approved"
 * without it, and mail is then refused for a missing approval.
 */
function approvalOf(row: RowValues, serverType: ServerType | null): ApprovalState {
  const state = wordFor(APPROVALS, row.emailrouteraccessapproval) ?? 'pending';
  const lacksOffice = flagIn(row, 'isemailaddressapprovedbyo365admin') === false;
  return state === 'approved' && serverType === 'exchange-online' && lacksOffice
    ? 'pending'
    : state;
}

/**
 * Disabled by the system, and a test that failed, look alike: not enabled, and the last result is
 * Failure. Failing while still enabled is retried. `transientfailurecount` packs the counts of all
 * operations into one number in a way that is not documented: how often a direction has failed in a
 * row is not known, only that it has.
 */
function stateOf(
  row: RowValues,
  direction: Direction,
  { failures, now }: AroundMailbox,
): DirectionState {
  const said = directionIn(row, direction);
  const bySystem = said.method === 'server-side-synchronization' && isActive(row);
  const told = bySystem ? (failures[direction] ?? null) : null;
  const failing = bySystem && (said.status === 'failure' || (said.enabled && told !== null));
  const disabled = failing && !said.enabled;
  const retrying = failing && said.enabled;
  const at = told?.at ?? failedAt(row);
  return {
    ...said,
    transientFailures: retrying ? 1 : 0,
    ...(retrying && { retriesUncounted: true }),
    nextAttemptAt: retrying ? nextAttempt(row, direction, now) : null,
    confirming: false,
    lastFailure: failing ? (told ?? unexplained(at, disabled)) : null,
    disabledAt: disabled ? at : null,
    answersAgainAt: null,
  };
}

/** No trace log tells: the best moments that the row has, the last of them a "not later than". */
function failedAt(row: RowValues): Instant {
  return (
    momentIn(row, 'testmailboxaccesscompletedon') ??
    momentIn(row, 'lastsyncerroroccurredon') ??
    momentIn(row, 'modifiedon') ??
    new Date(0).toISOString()
  );
}

/** Columns of postponement hold old moments while nothing is postponed. */
function nextAttempt(row: RowValues, direction: Direction, now: Instant): Instant | null {
  const moments = [
    momentIn(row, COLUMNS[direction].postponed),
    momentIn(row, 'postponemailboxprocessinguntil'),
  ].filter((moment) => moment !== null && moment > now);
  return moments.sort().at(-1) ?? null;
}

function unexplained(at: Instant, permanent: boolean): OccurredFailure {
  return {
    scope: 'mailbox',
    nature: permanent ? 'permanent' : 'transient',
    stage: 'exchange',
    reason: 'unknown',
    needsConfirmation: false,
    evidence: [],
    at,
  };
}
