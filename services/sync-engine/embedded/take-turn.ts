import type { Failure } from '../../domain/failure.ts';
import type { Direction, Mailbox } from '../../domain/mailbox.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import { needsApproval } from '../../domain/permission.ts';
import { NO_ITEMS, type ProcessedTurn, type TurnItems } from '../../domain/processed-turn.ts';
import type { Protocol } from '../../domain/profile.ts';
import { instantOf } from '../../domain/time.ts';
import { asAppError } from '../../observability/index.ts';
import type { MailboxTurns } from '../mailbox-turns.ts';
import { attempt, endpointFor } from './attempt.ts';
import type { EngineParts } from './engine-parts.ts';
import { mailboxOf, pendingSend, readState, watchedDirections } from './mailbox-records.ts';
import { recordAttempt } from './record-attempt.ts';
import type { RegisteredMailbox, RegisteredProfile } from './registry.ts';
import { type Sent, sendPending } from './send-pending.ts';
import type { ServerQueues } from './server-queues.ts';
import type { UnreachableServers } from './unreachable-servers.ts';

export interface TurnSurroundings {
  readonly turns: MailboxTurns;
  readonly queues: ServerQueues;
  readonly unreachable: UnreachableServers;
  readonly signal: AbortSignal;
}

/** How the direction stands after its turn. */
export interface Turn {
  readonly state: MailboxState;
  readonly startedAtMs: number;
  /** Null where there was nothing to look at. */
  readonly items: TurnItems | null;
}

interface Due {
  readonly registered: RegisteredMailbox;
  readonly direction: Direction;
  readonly dueAtMs: number;
}

/**
 * One turn of one direction: look, count, send, and record what the policy makes of it. Outgoing
 * without a message to send needs no session, unless the server's recovery is waited for.
 */
export async function takeTurn(
  parts: EngineParts,
  surroundings: TurnSurroundings,
  due: Due,
): Promise<Turn> {
  const { turns, queues, signal } = surroundings;
  const { registered, direction } = due;
  for (;;) {
    await turns.free(registered.id);
    const state = await readState(parts.store, registered);
    const used = usedBy(parts, due, state);
    const startedAtMs = parts.scheduler.now();
    if (used === undefined || signal.aborted) return { state, startedAtMs, items: null };
    if (direction === 'outgoing' && (await isIdle(parts, registered, used, state))) {
      tell(parts, due, used, { startedAtMs, outcome: 'idle' }, NO_ITEMS);
      return { state, startedAtMs, items: NO_ITEMS };
    }
    const server = endpointFor(used, direction, registered.address);
    const wish = { server, profileId: used.profile.id, urgency: 'cycle' } as const;
    // Not before its place is free: what waits for a slow server must keep nobody from the mailbox.
    const turn = await queues.run(
      wish,
      async () => turns.beside(registered.id, () => work(parts, surroundings, due, used)) ?? null,
    );
    if (turn !== null) return turn;
  }
}

/** The profile that the direction is reached by; undefined where there is nothing to look at. */
function usedBy(
  { registry }: EngineParts,
  { registered, direction }: Due,
  state: MailboxState,
): RegisteredProfile | undefined {
  return registered.profileId !== null && watchedDirections(registered, state).includes(direction)
    ? registry.profiles.get(registered.profileId)
    : undefined;
}

async function isIdle(
  parts: EngineParts,
  registered: RegisteredMailbox,
  used: RegisteredProfile,
  state: MailboxState,
): Promise<boolean> {
  const { enabled, confirming, transientFailures } = state.directions.outgoing;
  if (!enabled || confirming || transientFailures > 0) return false;
  const mailbox = mailboxOf(registered, state, await pendingSend(parts.store, registered.id));
  return !isUnapproved(parts, mailbox, used) && mailbox.pendingSend === 0;
}

function isUnapproved(
  { registry }: EngineParts,
  mailbox: Mailbox,
  { profile }: RegisteredProfile,
): boolean {
  const organization = registry.organizations.get(mailbox.organizationId);
  return organization === undefined || needsApproval(mailbox, profile, organization);
}

function foundByOthers(protocol: Protocol, failure: Failure, { pendingSend }: Mailbox): Sent {
  return {
    attempted: { outcome: 'failed', protocol, stages: [], failure },
    items: { ...NO_ITEMS, backlog: pendingSend },
  };
}

/** Null where the profile was changed meanwhile: the turn begins again, at the server that it names now. */
async function work(
  parts: EngineParts,
  { unreachable, signal }: TurnSurroundings,
  due: Due,
  queuedFor: RegisteredProfile,
): Promise<Turn | null> {
  const { registered, direction } = due;
  // It may have waited for long, and be disabled by now.
  const before = await readState(parts.store, registered);
  const used = usedBy(parts, due, before);
  const startedAtMs = parts.scheduler.now();
  if (used === undefined || signal.aborted) return { state: before, startedAtMs, items: null };
  if (used !== queuedFor) return null;
  const mailbox = mailboxOf(registered, before, await pendingSend(parts.store, registered.id));
  const server = endpointFor(used, direction, registered.address);
  const known = unreachable.knownFailure(server);
  const { lastSeenUid } = before;
  const { attempted, items } =
    known === null || isUnapproved(parts, mailbox, used)
      ? await look(parts, mailbox, direction, { lastSeenUid, signal })
      : foundByOthers(server.protocol, known, mailbox);
  if (known === null) unreachable.learn(server, attempted);
  const state = await recordAttempt(parts, registered, direction, used, attempted);
  if (state === 'set-up-changed') return null;
  tell(parts, due, used, { startedAtMs, outcome: attempted.outcome }, items);
  return { state, startedAtMs, items };
}

async function look(
  parts: EngineParts,
  mailbox: Mailbox,
  direction: Direction,
  { lastSeenUid, signal }: { readonly lastSeenUid: string | null; readonly signal: AbortSignal },
): Promise<Sent> {
  if (direction === 'outgoing' && mailbox.directions.outgoing.enabled) {
    return sendPending(parts, mailbox, signal);
  }
  const options = { testMessage: null, lastSeenUid, signal, onStage: () => undefined };
  const attempted = await attempt(parts, mailbox, direction, options);
  const arrived = attempted.outcome === 'passed' ? (attempted.newMessages ?? 0) : 0;
  return { attempted, items: { ...NO_ITEMS, itemsProcessed: arrived } };
}

function tell(
  { scheduler, log, onProcessed }: EngineParts,
  { registered, direction, dueAtMs }: Due,
  { profile }: RegisteredProfile,
  { startedAtMs, outcome }: { startedAtMs: number; outcome: ProcessedTurn['outcome'] },
  items: TurnItems,
): void {
  try {
    onProcessed({
      mailboxId: registered.id,
      profileId: profile.id,
      direction,
      scheduledAt: instantOf(dueAtMs),
      startedAt: instantOf(startedAtMs),
      completedAt: instantOf(scheduler.now()),
      outcome,
      ...items,
    });
  } catch (thrown) {
    log.error('turn-not-told', { mailboxId: registered.id, reason: asAppError(thrown).code });
  }
}
