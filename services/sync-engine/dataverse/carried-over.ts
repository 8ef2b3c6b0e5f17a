import type { UserId } from '../../domain/ids.ts';
import type { DirectionState, Mailbox } from '../../domain/mailbox.ts';
import type { Instant } from '../../domain/time.ts';

/** Somebody decided about an address through this bot. */
export interface Decision {
  readonly by: UserId;
  readonly at: Instant;
}

/**
 * A mailbox as it was read, with what an earlier reading knew and this one cannot: who decided about
 * the address, since when and why a direction fails (alerts are deleted by and by).
 */
export function carriedOver(
  before: Mailbox | undefined,
  read: Mailbox,
  decision: Decision | null,
): Mailbox {
  if (before === undefined) return read;
  const { incoming, outgoing, act } = read.directions;
  return {
    ...read,
    approval: approvalOf(before, read, decision),
    directions: {
      incoming: asKnown(before.directions.incoming, incoming),
      outgoing: asKnown(before.directions.outgoing, outgoing),
      act: asKnown(before.directions.act, act),
    },
  };
}

function asKnown(before: DirectionState, read: DirectionState): DirectionState {
  const { lastFailure } = read;
  const stays = before.enabled === read.enabled && before.method === read.method;
  if (!stays || lastFailure === null || before.lastFailure === null) return read;
  const knowsLess = lastFailure.reason === 'unknown' && before.lastFailure.reason !== 'unknown';
  return {
    ...read,
    lastFailure: knowsLess ? before.lastFailure : lastFailure,
    disabledAt: read.disabledAt === null ? null : (before.disabledAt ?? read.disabledAt),
  };
}

function approvalOf(
  before: Mailbox,
  { approval, address }: Mailbox,
  decision: Decision | null,
): Mailbox['approval'] {
  if (approval.decidedBy !== null) return approval;
  const sameAddress = before.address === address;
  if (sameAddress && before.approval.state === approval.state) return before.approval;
  const isDecided = approval.state === 'approved' || approval.state === 'rejected';
  if (decision === null || !isDecided) return approval;
  return { ...approval, decidedBy: decision.by, decidedAt: decision.at };
}
