import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import { DIRECTIONS } from '../../../services/domain/mailbox.ts';
import type { ProcessedTurn } from '../../../services/domain/processed-turn.ts';
import { instantOf } from '../../../services/domain/time.ts';
import { figuresOf, NO_TURNS, withTurn } from '../../../services/domain/turn-figures.ts';
import {
  lastTurns,
  packedWeight,
  packTurns,
  TURNS_KEPT,
  unpackTurns,
} from '../../../services/domain/turn-history.ts';

const NOW = Date.parse('2026-11-24T08:00:00.000Z');
const few = fc.nat(100_000);
const turn: fc.Arbitrary<ProcessedTurn> = fc
  .record({
    direction: fc.constantFrom(...DIRECTIONS),
    outcome: fc.constantFrom('passed', 'failed', 'cancelled', 'idle'),
    itemsProcessed: few,
    itemsFailed: few,
    backlog: few,
    at: fc.nat(10_000_000),
    queueMs: few,
    tookMs: few,
  })
  .map(({ at, queueMs, tookMs, ...turn }) => ({
    ...turn,
    mailboxId: idOf('anna'),
    profileId: idOf('imap'),
    scheduledAt: instantOf(NOW + at),
    startedAt: instantOf(NOW + at + queueMs),
    completedAt: instantOf(NOW + at + queueMs + tookMs),
  }));

describe('the turns of a mailbox that are kept', () => {
  it('are read as they were packed', () => {
    fc.assert(
      fc.property(fc.array(turn), (turns) => {
        const packed = { profileId: idOf<never>('imap'), turns: packTurns(turns) };
        expect(unpackTurns(idOf('anna'), packed)).toEqual(turns);
      }),
    );
  });

  it('weigh the same packed as taken apart', () => {
    fc.assert(
      fc.property(fc.array(turn), (turns) => {
        const { turns: number, failed, processingMs } = turns.reduce(withTurn, NO_TURNS);
        const packed = { profileId: idOf<never>('imap'), turns: packTurns(turns) };
        expect(packedWeight(packed)).toEqual({ turns: number, failed, processingMs });
      }),
    );
  });

  it('are the newest ten of each direction, however often another one is processed', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
        const kept = lastTurns(turns);
        for (const direction of DIRECTIONS) {
          const all = turns.filter((one) => one.direction === direction);
          const mine = kept.filter((one) => one.direction === direction);
          expect(mine).toHaveLength(Math.min(TURNS_KEPT, all.length));
          const oldest = mine[0]?.completedAt ?? '';
          const left = all.filter((one) => !mine.includes(one));
          expect(left.every(({ completedAt }) => completedAt <= oldest)).toBe(true);
        }
      }),
    );
  });

  it('take little room: forty letters each, on the average', () => {
    const turns = fc.sample(turn, 200);
    expect(packTurns(turns).length / turns.length).toBeLessThan(40);
  });

  it('give the average and the last processing time', () => {
    const at = (minutes: number, queueMs: number, tookMs: number): ProcessedTurn => ({
      mailboxId: idOf('anna'),
      profileId: idOf('imap'),
      direction: 'incoming',
      outcome: 'passed',
      itemsProcessed: 2,
      itemsFailed: 1,
      backlog: 0,
      scheduledAt: instantOf(NOW + minutes * 60_000),
      startedAt: instantOf(NOW + minutes * 60_000 + queueMs),
      completedAt: instantOf(NOW + minutes * 60_000 + queueMs + tookMs),
    });
    const last = at(10, 3_000, 500);
    expect(figuresOf([at(5, 1_000, 100), last, at(0, 2_000, 300)])).toEqual({
      sums: {
        turns: 3,
        failed: 0,
        itemsProcessed: 6,
        itemsFailed: 3,
        processingMs: 900,
        longestProcessingMs: 500,
        queueMs: 6_000,
        longestQueueMs: 3_000,
      },
      averageProcessingMs: 300,
      averageQueueMs: 2_000,
      last,
    });
    expect(figuresOf([])).toBeNull();
  });
});
