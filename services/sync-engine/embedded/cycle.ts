import { RETRY_GAP_MS } from '../../domain/failure-policy.ts';
import type { MailboxId } from '../../domain/ids.ts';
import { DIRECTIONS, type Direction } from '../../domain/mailbox.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import { BUSY_GAP_MS, NOTHING_KNOWN, pollingGapMs } from '../../domain/polling-interval.ts';
import { epochMsOf } from '../../domain/time.ts';
import { asAppError } from '../../observability/index.ts';
import type { Cancel } from '../../scheduler/index.ts';
import type { EngineParts } from './engine-parts.ts';
import { stateOf, watchedDirections } from './mailbox-records.ts';
import type { RegisteredMailbox } from './registry.ts';
import { type TurnSurroundings, takeTurn } from './take-turn.ts';

export interface Cycle {
  /** Gives every watched direction of every mailbox its next moment. */
  start(): Promise<void>;
  /** Gives the directions of one mailbox their moments anew, after something changed them. */
  plan(registered: RegisteredMailbox, state: MailboxState): void;
  /** Does not wait for the next moment. */
  hasten(mailboxId: MailboxId, direction: Direction): void;
  /** Something has come to be sent: a direction that works has its turn within the busy interval. */
  expect(mailboxId: MailboxId): void;
  stop(): void;
}

interface Watch {
  readonly registered: RegisteredMailbox;
  readonly direction: Direction;
  dueAtMs: number;
  cancel: Cancel;
  /** Turns in a row that found nothing to do. Not kept: a restart begins with normal gaps. */
  quietTurns: number;
  /** Due by the failure policy: nothing but a person's decision makes it earlier. */
  firm: boolean;
  /** Its turn goes on, or waits for the server; what is wished meanwhile waits for its end. */
  underWay: boolean;
  wishedAtMs: number;
  hastened: boolean;
}

interface Moment {
  readonly atMs: number;
  readonly firm: boolean;
}

/** Its multiples, less their whole part, fill the space between 0 and 1 evenly however many there are. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

const AT_REST = { underWay: false, wishedAtMs: Number.POSITIVE_INFINITY, hastened: false } as const;

const nameOf = ({ registered, direction }: Pick<Watch, 'registered' | 'direction'>): string =>
  `${direction} ${registered.id}`;

/**
 * Each watched direction has a timer of its own. Retries, confirmations and slow probes are due when
 * the store says, so a restart forgets none; how soon a working one is due its last turns say.
 */
export function createCycle(parts: EngineParts, surroundings: TurnSurroundings): Cycle {
  const { registry, scheduler, store, log } = parts;
  const { signal } = surroundings;
  const watches = new Map<string, Watch>();

  function watchOf(registered: RegisteredMailbox, direction: Direction): Watch {
    const name = nameOf({ registered, direction });
    const watch: Watch = watches.get(name) ?? {
      registered,
      direction,
      dueAtMs: Number.POSITIVE_INFINITY,
      cancel: () => undefined,
      quietTurns: NOTHING_KNOWN,
      firm: false,
      ...AT_REST,
    };
    watches.set(name, watch);
    return watch;
  }

  const isWatched = (watch: Watch): boolean => watches.get(nameOf(watch)) === watch;

  function dueAt(watch: Watch, { atMs, firm }: Moment): void {
    if (watch.underWay) {
      if (!firm) watch.wishedAtMs = Math.min(atMs, watch.wishedAtMs);
      return;
    }
    watch.cancel();
    if (signal.aborted) return;
    const nowMs = scheduler.now();
    watch.firm = firm;
    watch.dueAtMs = Math.max(nowMs, atMs);
    watch.cancel = scheduler.after(watch.dueAtMs - nowMs, () => take(watch));
  }

  function forget(watch: Watch): void {
    watch.cancel();
    if (isWatched(watch)) watches.delete(nameOf(watch));
  }

  /** A moment that has passed belongs to a turn that said nothing new about the direction. */
  function next({ direction, quietTurns }: Watch, state: MailboxState, sinceMs: number): Moment {
    const { nextAttemptAt } = state.directions[direction];
    const plannedMs = nextAttemptAt === null ? 0 : epochMsOf(nextAttemptAt);
    return plannedMs > scheduler.now()
      ? { atMs: plannedMs, firm: true }
      : { atMs: sinceMs + pollingGapMs(direction, quietTurns), firm: false };
  }

  async function take(watch: Watch): Promise<void> {
    const { registered, direction, dueAtMs } = watch;
    watch.underWay = true;
    let moment: Moment | null = { atMs: scheduler.now() + RETRY_GAP_MS, firm: false };
    try {
      const turn = await takeTurn(parts, surroundings, { registered, direction, dueAtMs });
      if (turn.items !== null) {
        const { itemsProcessed, backlog } = turn.items;
        watch.quietTurns = itemsProcessed + backlog > 0 ? 0 : watch.quietTurns + 1;
      }
      const isDue = watchedDirections(registered, turn.state).includes(direction);
      moment = isDue ? next(watch, turn.state, turn.startedAtMs) : null;
    } catch (thrown) {
      const reason = asAppError(thrown).code;
      log.error('attempt-broke', { mailboxId: registered.id, direction, reason });
    }
    const { wishedAtMs, hastened } = watch;
    Object.assign(watch, AT_REST);
    if (!isWatched(watch)) return;
    if (hastened) dueAt(watch, { atMs: scheduler.now(), firm: false });
    else if (moment === null) forget(watch);
    else if (moment.firm) dueAt(watch, moment);
    else dueAt(watch, { atMs: Math.min(moment.atMs, wishedAtMs), firm: false });
  }

  return {
    async start() {
      const states = new Map((await store.find('mailboxStates')).map((state) => [state.id, state]));
      const nowMs = scheduler.now();
      const all = [...registry.mailboxes.values()].flatMap((registered) => {
        const state = stateOf(registered, states.get(registered.id));
        return watchedDirections(registered, state).map((direction) => ({
          watch: watchOf(registered, direction),
          nextAttemptAt: state.directions[direction].nextAttemptAt,
        }));
      });
      // Working directions are spread over their gap, those of each profile evenly by themselves, or
      // they would all start together and a server would be asked for all its mailboxes in one go.
      all.forEach(({ watch, nextAttemptAt }, index) => {
        const gapMs = pollingGapMs(watch.direction, watch.quietTurns);
        dueAt(
          watch,
          nextAttemptAt === null
            ? { atMs: nowMs + gapMs * ((index * GOLDEN_RATIO) % 1), firm: false }
            : { atMs: epochMsOf(nextAttemptAt), firm: true },
        );
      });
    },
    plan(registered, state) {
      const watched = watchedDirections(registered, state);
      for (const direction of DIRECTIONS) {
        const watch = watchOf(registered, direction);
        if (!watched.includes(direction)) forget(watch);
        else {
          watch.quietTurns = NOTHING_KNOWN;
          dueAt(watch, next(watch, state, scheduler.now()));
        }
      }
    },
    hasten(mailboxId, direction) {
      const registered = registry.mailboxes.get(mailboxId);
      if (registered === undefined) return;
      const watch = watchOf(registered, direction);
      if (watch.underWay) watch.hastened = true;
      else dueAt(watch, { atMs: scheduler.now(), firm: false });
    },
    expect(mailboxId) {
      const watch = watches.get(`outgoing ${mailboxId}`);
      if (watch === undefined || watch.firm) return;
      const atMs = scheduler.now() + BUSY_GAP_MS;
      if (atMs < watch.dueAtMs || watch.underWay) dueAt(watch, { atMs, firm: false });
    },
    stop() {
      for (const { cancel } of watches.values()) cancel();
      watches.clear();
    },
  };
}
