import { randomUUID } from 'node:crypto';
import type { Answer } from '../domain/answer.ts';
import { type AnswerId, idOf } from '../domain/ids.ts';
import { epochMsOf, instantOf, MINUTE_MS } from '../domain/time.ts';
import { asAppError, type Log } from '../observability/index.ts';
import type { Clock } from '../scheduler/index.ts';
import type { Store } from '../store/index.ts';
import type { Answers } from './answers.ts';
import { weakestFirst } from './weak-articles.ts';

/** After this long "and on-premises?" is about something else, or needs its subject named again. */
const SPOKEN_OF_MS = 30 * MINUTE_MS;

export interface AnswersOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId?: () => string;
}

export function createAnswers({ store, clock, log, newId = randomUUID }: AnswersOptions): Answers {
  return {
    async give(given) {
      const id = idOf<AnswerId>(newId());
      const answer: Answer = { ...given, id, askedAt: instantOf(clock.now()), votes: {} };
      try {
        await store.transact((transaction) => transaction.put('answers', answer));
        return id;
      } catch (error) {
        log.error('answer-not-kept', { topic: given.topic, reason: asAppError(error).code });
        return null;
      }
    },

    vote({ answerId, vote, voter, conversationId }) {
      return store.transact(async (transaction) => {
        const answer = await transaction.get('answers', answerId);
        if (answer?.conversationId !== conversationId) return 'unknown-answer';
        if (answer.votes[voter] !== vote) {
          await transaction.put('answers', {
            ...answer,
            votes: { ...answer.votes, [voter]: vote },
          });
        }
        return 'counted';
      });
    },

    async spokenOf(conversationId, askedBy) {
      const since = clock.now() - SPOKEN_OF_MS;
      let latest: Answer | null = null;
      for (const answer of await store.find('answers', { conversationId })) {
        if (answer.askedBy !== askedBy || epochMsOf(answer.askedAt) < since) continue;
        if (latest === null || answer.askedAt > latest.askedAt) latest = answer;
      }
      return latest;
    },

    async byArticle() {
      return weakestFirst(await store.find('answers'));
    },
  };
}
