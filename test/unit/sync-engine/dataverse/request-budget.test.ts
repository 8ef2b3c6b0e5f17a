import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createWebApi } from '../../../../services/sync-engine/dataverse/create-web-api.ts';
import {
  createRequestBudget,
  DOCUMENTED,
  leftIn,
  type RequestBudget,
  type Share,
  type Turn,
  USUAL_SHARES,
  WINDOW_MS,
} from '../../../../services/sync-engine/dataverse/request-budget.ts';
import type { Transport } from '../../../../services/sync-engine/dataverse/web-api-transport.ts';
import { createFakeScheduler, type FakeScheduler } from '../../../support/fake-scheduler.ts';
import { silentLog } from '../../../support/silent-log.ts';

type Priority = 'person' | 'background';

let clock: FakeScheduler;
let budget: RequestBudget;
const { signal } = new AbortController();
const SMALL: Record<Priority, Share> = {
  person: { requests: 10, executionMs: 60_000, concurrent: 4, patienceMs: 30_000 },
  background: { requests: 7, executionMs: 40_000, concurrent: 2, patienceMs: 900_000 },
};

beforeEach(() => {
  clock = createFakeScheduler();
  budget = createRequestBudget(clock, SMALL);
});

const settle = (): Promise<void> => new Promise(setImmediate);

/** Enters and tells when its turn came. */
function enter(priority: Priority, within = signal) {
  const asked = {
    priority,
    at: undefined as number | undefined,
    turn: undefined as Turn | undefined,
    refused: '',
  };
  budget.enter({ priority, signal: within }).then(
    (turn) => {
      asked.at = clock.now();
      asked.turn = turn;
    },
    (error: unknown) => {
      asked.refused = (error as { code?: string }).code ?? 'aborted';
    },
  );
  return asked;
}

async function enterAndEnd(priority: Priority, times: number): Promise<void> {
  for (let each = 0; each < times; each += 1) {
    const { turn } = await budgetTurn(priority);
    turn.end();
  }
}
const budgetTurn = async (priority: Priority) => ({
  turn: await budget.enter({ priority, signal }),
});

describe('the budget', () => {
  it('stays well below the documented limits', () => {
    for (const { requests, executionMs, concurrent } of Object.values(USUAL_SHARES)) {
      expect(requests).toBeLessThanOrEqual(0.75 * DOCUMENTED.requests);
      expect(executionMs).toBeLessThanOrEqual(0.75 * DOCUMENTED.executionMs);
      expect(concurrent).toBeLessThan(0.5 * DOCUMENTED.concurrent);
    }
  });

  it('lets a person go before what works by itself, however long that has waited', async () => {
    const running = [enter('person'), enter('person'), enter('person'), enter('person')];
    const background = enter('background');
    const person = enter('person');
    await settle();
    expect([background.turn, person.turn]).toEqual([undefined, undefined]);
    running[0]?.turn?.end();
    await settle();
    expect([background.turn === undefined, person.turn === undefined]).toEqual([true, false]);
  });

  it('leaves people something when the background has used its share', async () => {
    await enterAndEnd('background', SMALL.background.requests);
    const background = enter('background');
    const person = enter('person');
    await settle();
    expect([background.turn === undefined, person.turn === undefined]).toEqual([true, false]);
    person.turn?.end();
    await clock.advance(WINDOW_MS + 1_000);
    expect(background.turn).toBeDefined();
  });

  it('counts how long requests took, those under way included', async () => {
    const first = enter('background');
    await settle();
    await clock.advance(SMALL.background.executionMs);
    const second = enter('background');
    await settle();
    expect(second.turn).toBeUndefined();
    first.turn?.end();
    await settle();
    expect(second.turn).toBeUndefined();
    await clock.advance(WINDOW_MS);
    expect(second.turn).toBeDefined();
  });

  it('learns from the server what other instances use, and forgets it with the window', async () => {
    const { turn } = await budgetTurn('background');
    // One was asked here, and the others elsewhere.
    const used = SMALL.background.requests;
    turn.end({ requests: DOCUMENTED.requests - used, executionMs: undefined });
    const next = enter('background');
    await settle();
    expect(next.turn).toBeUndefined();
    (await budgetTurn('person')).turn.end();
    await clock.advance(WINDOW_MS / 2);
    await settle();
    expect(next.turn).toBeDefined();
  });

  it('learns how much of the time others use as well', async () => {
    const { turn } = await budgetTurn('background');
    turn.end({ requests: undefined, executionMs: DOCUMENTED.executionMs - 50_000 });
    const next = enter('background');
    await settle();
    expect(next.turn).toBeUndefined();
    await clock.advance(WINDOW_MS / 2);
    await settle();
    expect(next.turn).toBeDefined();
  });

  it('lets nobody overtake who waited before', async () => {
    await enterAndEnd('person', SMALL.person.requests);
    await clock.advance(WINDOW_MS - 500);
    const first = enter('person');
    // The window has moved on, and the budget has not looked yet.
    await clock.advance(600);
    const second = enter('person');
    await settle();
    expect([first.turn, second.turn]).toEqual([undefined, undefined]);
    await clock.advance(400);
    await settle();
    expect([first.at, second.at]).toEqual([clock.now(), clock.now()]);
  });

  it('is told to a person who waits too long, and to whoever cannot wait', async () => {
    await enterAndEnd('person', SMALL.person.requests);
    const late = enter('person');
    const giveUp = new AbortController();
    const gone = enter('background', giveUp.signal);
    await clock.advance(10_000);
    giveUp.abort();
    await settle();
    expect([late.refused, gone.refused]).toEqual(['', 'dynamics-busy']);
    await clock.advance(SMALL.person.patienceMs);
    await settle();
    expect(late.refused).toBe('dynamics-busy');
    expect(clock.waiting()).toBe(0);
  });

  it('keeps everybody back while Dynamics 365 wants to be left alone', async () => {
    budget.pause(20_000);
    const person = enter('person');
    await clock.advance(19_999);
    await settle();
    expect(person.turn).toBeUndefined();
    await clock.advance(1);
    await settle();
    expect(person.turn).toBeDefined();
  });

  it('reads what is left from the header, and nothing from nonsense', () => {
    const header = (requests: string, time: string): Headers =>
      new Headers({
        'x-ms-ratelimit-burst-remaining-xrm-requests': requests,
        'x-ms-ratelimit-time-remaining-xrm-requests': time,
      });
    expect(leftIn(header('5998', '1199.90'))).toEqual({ requests: 5998, executionMs: 1_199_900 });
    const nothing = { requests: undefined, executionMs: undefined };
    expect(leftIn(header('-1', 'NaN'))).toEqual(nothing);
    expect(leftIn(new Headers())).toEqual(nothing);
  });
});

describe('several instances with one application user', () => {
  it('stay together within the share of one, as the server’s count tells each of the others', async () => {
    let asked = 0;
    const transport: Transport = async () => {
      asked += 1;
      await settle();
      const left = String(DOCUMENTED.requests - asked);
      const headers = new Headers({ 'x-ms-ratelimit-burst-remaining-xrm-requests': left });
      return { status: 200, headers, text: '{"value":[]}' };
    };
    const instance = () =>
      createWebApi({
        url: new URL('https://contoso.crm4.dynamics.com'),
        tokens: { token: async () => 'token' },
        scheduler: clock,
        log: silentLog,
        transport,
      });
    const wanted = 2_500;
    for (const api of [instance(), instance(), instance()]) {
      for (let each = 0; each < wanted; each += 1) {
        const asking = { signal, priority: 'background' } as const;
        void api.list('mailboxes', { select: ['name'] }, asking).catch(() => undefined);
      }
    }
    for (let before = -1; before < asked; ) {
      before = asked;
      for (let turns = 0; turns < 20; turns += 1) await settle();
    }
    const { requests, concurrent } = USUAL_SHARES.background;
    expect(asked).toBeGreaterThan(0.9 * requests);
    // What is under way when the share is reached is not called back.
    expect(asked).toBeLessThanOrEqual(requests + 3 * concurrent);
    expect(
      await instance().list('mailboxes', { select: ['name'] }, { signal, priority: 'person' }),
    ).toEqual([]);
  });
});

interface Step {
  readonly afterMs: number;
  readonly priority: Priority;
  readonly tookMs: number;
  readonly pauseMs: number;
  readonly used: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40_000 })),
  priority: fc.constantFrom('person', 'background'),
  tookMs: fc.integer({ min: 0, max: 20_000 }),
  pauseMs: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 30_000 })),
  used: fc.integer({ min: 0, max: 8 }),
});

describe('whatever is asked and whenever', () => {
  it('no window of five minutes sees more than the share, nor any moment too much at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        clock = createFakeScheduler(0);
        budget = createRequestBudget(clock, SMALL);
        const began: { readonly at: number; readonly priority: Priority }[] = [];
        const open: Record<Priority, number> = { person: 0, background: 0 };
        let pausedUntil = 0;
        let answered = 0;
        for (const { afterMs, priority, tookMs, pauseMs, used } of steps) {
          void budget
            .enter({ priority, signal })
            .then((turn) => {
              expect(clock.now()).toBeGreaterThanOrEqual(pausedUntil);
              began.push({ at: clock.now(), priority });
              open[priority] += 1;
              expect(open.background).toBeLessThanOrEqual(SMALL.background.concurrent);
              expect(open.person + open.background).toBeLessThanOrEqual(SMALL.person.concurrent);
              const since = began.filter(({ at }) => at > clock.now() - WINDOW_MS);
              expect(since.length).toBeLessThanOrEqual(SMALL.person.requests);
              const ofBackground = since.filter((each) => each.priority === 'background');
              expect(ofBackground.length).toBeLessThanOrEqual(SMALL.background.requests);
              clock.after(tookMs, () => {
                open[priority] -= 1;
                answered += 1;
                turn.end({ requests: DOCUMENTED.requests - used, executionMs: undefined });
              });
            })
            .catch((error: unknown) => {
              if ((error as { code?: string }).code !== 'dynamics-busy') throw error;
              answered += 1;
            });
          await settle();
          if (pauseMs > 0) {
            budget.pause(pauseMs);
            pausedUntil = Math.max(pausedUntil, clock.now() + pauseMs);
          }
          await clock.advance(afterMs);
        }
        // Everybody has a turn or a word in the end, and nothing is left behind.
        for (let each = 0; each < 8 && answered < steps.length; each += 1) {
          await clock.advance(WINDOW_MS);
          await settle();
        }
        expect([answered, clock.waiting()]).toEqual([steps.length, 0]);
      }),
      { numRuns: 150 },
    );
  });
});
