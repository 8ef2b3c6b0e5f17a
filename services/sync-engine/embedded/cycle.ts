import { RETRY_GAP_MS } from '../../domain/failure-policy.ts';
import type { MailboxId } from '../../domain/ids.ts';
import type { Direction } from '../../domain/mailbox.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import { NO_ITEMS } from '../../domain/processed-turn.ts';
import { epochMsOf, instantOf, MINUTE_MS } from '../../domain/time.ts';
import { asAppError } from '../../observability/index.ts';
import type { Cancel } from '../../scheduler/index.ts';
import { attempt, endpointFor } from './attempt.ts';
import type { EngineParts } from './engine-parts.ts';
import { readMailbox, readState, stateOf, watchedDirections } from './mailbox-records.ts';
import type { MailboxTurns } from './mailbox-turns.ts';
import { recordAttempt } from './record-attempt.ts';
import type { RegisteredMailbox } from './registry.ts';
import { type Sent, sendPending } from './send-pending.ts';
import type { ServerQueues } from './server-queues.ts';

/** "Email cycle normally 5 min" (domain.md §6.3); ACT follows it here, although it is slower there. */
const CYCLE_GAP_MS = 5 * MINUTE_MS;

export interface Cycle {
  /** Gives every watched direction of every mailbox its next moment. */
  start(): Promise<void>;
  /** Gives the directions of one mailbox their moments anew, after something changed them. */
  plan(registered: RegisteredMailbox, state: MailboxState): void;
  /** Does not wait for the next moment. */
  hasten(mailboxId: MailboxId, direction: Direction): void;
  stop(): void;
}

/**
 * Each watched direction has a timer of its own. Retries, confirmations and slow probes are due when
 * the store says, so a restart forgets none; a healthy direction is simply due every five minutes.
 */
export function createCycle(
  parts: EngineParts,
  { turns, queues, signal }: { turns: MailboxTurns; queues: ServerQueues; signal: AbortSignal },
): Cycle {
  const { registry, scheduler, store, log } = parts;
  const timers = new Map<string, Cancel>();

  function dueIn(delayMs: number, registered: RegisteredMailbox, direction: Direction): void {
    const name = `${direction} ${registered.id}`;
    timers.get(name)?.();
    if (signal.aborted) return;
    const wait = Math.max(0, delayMs);
    const dueAtMs = scheduler.now() + wait;
    timers.set(
      name,
      scheduler.after(wait, () => take(registered, direction, dueAtMs)),
    );
  }

  function forget(registered: RegisteredMailbox, direction: Direction): void {
    const name = `${direction} ${registered.id}`;
    timers.get(name)?.();
    timers.delete(name);
  }

  function planDirection(
    registered: RegisteredMailbox,
    state: MailboxState,
    direction: Direction,
  ): void {
    if (!watchedDirections(registered, state).includes(direction)) {
      forget(registered, direction);
      return;
    }
    const { nextAttemptAt } = state.directions[direction];
    const wait = nextAttemptAt === null ? CYCLE_GAP_MS : epochMsOf(nextAttemptAt) - scheduler.now();
    // A moment that has passed belongs to an attempt that said nothing new about the direction.
    dueIn(wait > 0 ? wait : CYCLE_GAP_MS, registered, direction);
  }

  async function take(
    registered: RegisteredMailbox,
    direction: Direction,
    dueAtMs: number,
  ): Promise<void> {
    try {
      const state = await turns.take(registered.id, () => process(registered, direction, dueAtMs));
      planDirection(registered, state, direction);
    } catch (thrown) {
      log.error('attempt-broke', {
        mailboxId: registered.id,
        direction,
        reason: asAppError(thrown).code,
      });
      dueIn(RETRY_GAP_MS, registered, direction);
    }
  }

  async function process(
    registered: RegisteredMailbox,
    direction: Direction,
    dueAtMs: number,
  ): Promise<MailboxState> {
    const used =
      registered.profileId === null ? undefined : registry.profiles.get(registered.profileId);
    const state = await readState(store, registered);
    if (used === undefined || !watchedDirections(registered, state).includes(direction))
      return state;
    const mailbox = await readMailbox(store, registered);
    const sends = direction === 'outgoing' && mailbox.directions.outgoing.enabled;
    let startedAtMs = dueAtMs;
    const { attempted, items } = await queues.run(
      endpointFor(used, direction, registered.address),
      'cycle',
      async (): Promise<Sent> => {
        startedAtMs = scheduler.now();
        if (sends) return sendPending(parts, mailbox, signal);
        const options = { testMessage: null, signal, onStage: () => undefined };
        const attempted = await attempt(parts, mailbox, direction, options);
        return { attempted, items: NO_ITEMS };
      },
    );
    const after = await recordAttempt(parts, registered, direction, attempted);
    parts.onProcessed({
      mailboxId: registered.id,
      profileId: used.profile.id,
      direction,
      scheduledAt: instantOf(dueAtMs),
      startedAt: instantOf(startedAtMs),
      completedAt: instantOf(scheduler.now()),
      outcome: attempted.outcome,
      ...items,
    });
    return after;
  }

  return {
    async start() {
      const states = new Map((await store.find('mailboxStates')).map((state) => [state.id, state]));
      const all = [...registry.mailboxes.values()].flatMap((registered) => {
        const state = stateOf(registered, states.get(registered.id));
        return watchedDirections(registered, state).map((direction) => ({
          registered,
          direction,
          nextAttemptAt: state.directions[direction].nextAttemptAt,
        }));
      });
      // Healthy directions are spread evenly over one cycle, or they would all start together.
      all.forEach(({ registered, direction, nextAttemptAt }, index) => {
        const wait =
          nextAttemptAt === null
            ? (CYCLE_GAP_MS * index) / all.length
            : epochMsOf(nextAttemptAt) - scheduler.now();
        dueIn(wait, registered, direction);
      });
    },
    plan(registered, state) {
      for (const direction of ['incoming', 'outgoing', 'act'] as const) {
        planDirection(registered, state, direction);
      }
    },
    hasten(mailboxId, direction) {
      const registered = registry.mailboxes.get(mailboxId);
      if (registered !== undefined) dueIn(0, registered, direction);
    },
    stop() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
