import type { MailboxId, ProfileId } from './ids.ts';
import { DIRECTIONS, type Direction } from './mailbox.ts';
import type { ProcessedTurn } from './processed-turn.ts';
import { epochMsOf, instantOf } from './time.ts';
import { processingMsOf, queueMsOf } from './turn-figures.ts';

/** Of each direction: an hour's worth at the usual pace. */
export const TURNS_KEPT = 10;

/**
 * The last turns of the mailboxes of one bucket. 10 000 mailboxes have a turn every few minutes: as
 * records of their own they would keep the disk busy, so a turn is some 25 letters of a text.
 */
export interface TurnHistory {
  /** Number of the bucket. */
  readonly id: string;
  readonly byMailbox: Readonly<Record<string, PackedTurns>>;
}

export interface PackedTurns {
  /** Turns with another profile say nothing about this one, and are forgotten. */
  readonly profileId: ProfileId;
  readonly turns: string;
}

const BUCKETS = 64;

/** Spreads ids that differ in one character; part of the format, like the number of buckets. */
export function bucketOf(mailboxId: MailboxId): string {
  let hash = 5_381;
  for (let at = 0; at < mailboxId.length; at++) {
    hash = (Math.imul(hash, 33) ^ mailboxId.charCodeAt(at)) >>> 0;
  }
  return String(hash % BUCKETS);
}

/** The newest ones of each direction, in the order of their ends. */
export function lastTurns(turns: readonly ProcessedTurn[]): readonly ProcessedTurn[] {
  const inOrder = [...turns].sort((a, b) => (a.completedAt < b.completedAt ? -1 : 1));
  const kept = new Set(
    DIRECTIONS.flatMap((direction) =>
      inOrder.filter((turn) => turn.direction === direction).slice(-TURNS_KEPT),
    ),
  );
  return inOrder.filter((turn) => kept.has(turn));
}

const DIRECTION_LETTERS = { incoming: 'i', outgoing: 'o', act: 'a' } as const satisfies Record<
  Direction,
  string
>;
const OUTCOME_LETTERS = { passed: 'p', failed: 'f', cancelled: 'c', idle: 'n' } as const satisfies {
  readonly [Outcome in ProcessedTurn['outcome']]: string;
};

export function packTurns(turns: readonly ProcessedTurn[]): string {
  return turns
    .map((turn) => {
      const { itemsProcessed, itemsFailed, backlog } = turn;
      const numbers = [epochMsOf(turn.startedAt), queueMsOf(turn), processingMsOf(turn)];
      const words = [...numbers, itemsProcessed, itemsFailed, backlog].map((n) => n.toString(36));
      return `${DIRECTION_LETTERS[turn.direction]}${OUTCOME_LETTERS[turn.outcome]}${words.join('.')}`;
    })
    .join(' ');
}

const PACKED =
  /([ioa])([pfcn])([\da-z]+)\.([\da-z]+)\.([\da-z]+)\.([\da-z]+)\.([\da-z]+)\.([\da-z]+)/g;

export function unpackTurns(
  mailboxId: MailboxId,
  { profileId, turns }: PackedTurns,
): readonly ProcessedTurn[] {
  return [...turns.matchAll(PACKED)].map(([, direction, outcome, ...words]) => {
    const [
      startedMs = 0,
      queueMs = 0,
      tookMs = 0,
      itemsProcessed = 0,
      itemsFailed = 0,
      backlog = 0,
    ] = words.map((word) => Number.parseInt(word, 36));
    return {
      mailboxId,
      profileId,
      direction: named(DIRECTION_LETTERS, direction),
      scheduledAt: instantOf(startedMs - queueMs),
      startedAt: instantOf(startedMs),
      completedAt: instantOf(startedMs + tookMs),
      outcome: named(OUTCOME_LETTERS, outcome),
      itemsProcessed,
      itemsFailed,
      backlog,
    };
  });
}

/** What ranks mailboxes, without taking every turn apart: there may be 200 000. */
export interface TurnWeight {
  readonly turns: number;
  readonly failed: number;
  readonly processingMs: number;
}

export function packedWeight({ turns: packed }: PackedTurns): TurnWeight {
  const turns = packed === '' ? [] : packed.split(' ');
  let failed = 0;
  let processingMs = 0;
  for (const turn of turns) {
    if (turn[1] === OUTCOME_LETTERS.failed) failed += 1;
    processingMs += Number.parseInt(turn.split('.', 3)[2] ?? '0', 36);
  }
  return { turns: turns.length, failed, processingMs };
}

function named<Name extends string>(
  letters: Readonly<Record<Name, string>>,
  letter?: string,
): Name {
  const names = Object.keys(letters) as Name[];
  return names.find((name) => letters[name] === letter) ?? (names[0] as Name);
}
