import { randomUUID } from 'node:crypto';
import { type Guide, withMark } from '../domain/guide.ts';
import { type GuideId, idOf } from '../domain/ids.ts';
import { passed } from '../domain/test-run.ts';
import { instantOf } from '../domain/time.ts';
import type { Clock } from '../scheduler/index.ts';
import type { Store, Transaction } from '../store/index.ts';
import type { SyncEngine } from '../sync-engine/index.ts';
import type { GuideAnswer, GuidePress, Guides } from './guides.ts';

export interface GuidesOptions {
  readonly store: Store;
  readonly engine: Pick<SyncEngine, 'testRun'>;
  readonly clock: Clock;
  /** Redraws the copies of a guide's card, in the transaction that changed it. */
  readonly redraw: (transaction: Transaction, guide: Guide) => Promise<void>;
  readonly newId?: () => string;
}

export function createGuides({
  store,
  engine,
  clock,
  redraw,
  newId = randomUUID,
}: GuidesOptions): Guides {
  const now = () => instantOf(clock.now());

  function change(
    { guideId, conversationId }: GuidePress,
    changed: (guide: Guide) => Guide,
  ): Promise<GuideAnswer> {
    return store.transact(async (transaction) => {
      const guide = await transaction.get('guides', guideId);
      if (guide?.conversationId !== conversationId) return null;
      const after = changed(guide);
      if (after === guide) return guide;
      await transaction.put('guides', after);
      await redraw(transaction, after);
      return after;
    });
  }

  return {
    async start(wish) {
      const guide: Guide = {
        ...wish,
        id: idOf<GuideId>(newId()),
        startedAt: now(),
        marks: [],
        tried: [],
        testRunId: null,
        solved: null,
      };
      await store.transact((transaction) => transaction.put('guides', guide));
      return guide;
    },

    mark: (press) =>
      change(press, (guide) => {
        const { step, outcome, by } = press;
        const marked = withMark(guide, { topic: guide.topic, step, outcome, by, at: now() });
        return guide.step === step ? { ...marked, step: press.next } : marked;
      }),

    turn: (press) =>
      change(press, (guide) =>
        guide.step !== press.from || guide.step === press.to ? guide : { ...guide, step: press.to },
      ),

    continueWith: (press) =>
      change(press, (guide) =>
        guide.topic !== press.from || guide.topic === press.topic
          ? guide
          : {
              ...guide,
              topic: press.topic,
              step: press.step,
              tried: [...guide.tried, guide.topic],
              testRunId: null,
            },
      ),

    resume: (press) =>
      change(press, (guide) => (guide.testRunId === null ? guide : { ...guide, testRunId: null })),

    solve: (press) =>
      change(press, (guide) =>
        guide.mailboxId !== null || guide.solved !== null
          ? guide
          : { ...guide, solved: { by: press.by, at: now() } },
      ),

    async testStarted(mailboxId, testRunId) {
      const open: GuideId[] = [];
      for (const guide of await store.find('guides', { mailboxId })) {
        if (!(await isProved(guide))) open.push(guide.id);
      }
      if (open.length === 0) return;
      await store.transact(async (transaction) => {
        for (const id of open) {
          const guide = await transaction.get('guides', id);
          if (guide === undefined || guide.testRunId === testRunId) continue;
          const waiting = { ...guide, testRunId };
          await transaction.put('guides', waiting);
          await redraw(transaction, waiting);
        }
      });
    },
  };

  /** A mailbox that fails again next week is another story than the one that ended well. */
  async function isProved({ testRunId }: Guide): Promise<boolean> {
    if (testRunId === null) return false;
    const run = await engine.testRun(testRunId);
    return run !== undefined && passed(run);
  }
}
