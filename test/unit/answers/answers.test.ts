import { beforeEach, describe, expect, it } from 'vitest';
import { type Answers, createAnswers, type GivenAnswer } from '../../../services/answers/index.ts';
import { type AnswerId, idOf, type TopicId, type UserId } from '../../../services/domain/ids.ts';
import { MINUTE_MS } from '../../../services/domain/time.ts';
import type { Store } from '../../../services/store/index.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { silentLog } from '../../support/silent-log.ts';

const anna = idOf<UserId>('anna');
const bo = idOf<UserId>('bo');
const given = (change: Partial<GivenAnswer> = {}): GivenAnswer => ({
  topic: idOf<TopicId>('pending-send'),
  conversationId: 'personal-anna',
  askedBy: anna,
  foundBy: 'answer',
  confidence: 0.9,
  language: 'sv',
  slots: {},
  direction: null,
  code: null,
  nature: null,
  mailboxId: null,
  ...change,
});

let store: Store;
let answers: Answers;
let now: number;

beforeEach(() => {
  now = Date.parse('2026-11-23T08:00:00.000Z');
  const clock = { now: () => now };
  store = createMemoryStore({ clock });
  answers = createAnswers({ store, clock, log: silentLog });
});

async function giveOne(change: Partial<GivenAnswer> = {}): Promise<AnswerId> {
  return (await answers.give(given(change))) ?? expect.fail('the answer was not kept');
}

describe('a vote', () => {
  it('counts once for each person and answer, and the latest counts', async () => {
    const answerId = await giveOne({ conversationId: 'group' });
    const vote = (voter: UserId, vote: 'solved' | 'not-solved') =>
      answers.vote({ answerId, vote, voter, conversationId: 'group' });
    await vote(anna, 'solved');
    await vote(anna, 'solved');
    await vote(bo, 'not-solved');
    await vote(anna, 'not-solved');
    expect((await store.get('answers', answerId))?.votes).toEqual({
      anna: 'not-solved',
      bo: 'not-solved',
    });
  });

  it('on what another conversation was told, or on nothing, is not counted', async () => {
    const answerId = await giveOne();
    const wish = { vote: 'solved', voter: bo } as const;
    expect(await answers.vote({ ...wish, answerId, conversationId: 'personal-bo' })).toBe(
      'unknown-answer',
    );
    const invented = idOf<AnswerId>('invented');
    expect(await answers.vote({ ...wish, answerId: invented, conversationId: 'x' })).toBe(
      'unknown-answer',
    );
    expect((await store.get('answers', answerId))?.votes).toEqual({});
  });
});

describe('what is spoken of', () => {
  it('is the latest answer to the same person in the same conversation', async () => {
    await giveOne({ topic: idOf<TopicId>('gmail') });
    now += MINUTE_MS;
    await giveOne();
    now += MINUTE_MS;
    await giveOne({ askedBy: bo, topic: idOf<TopicId>('other-org') });
    expect((await answers.spokenOf('personal-anna', anna))?.topic).toBe('pending-send');
    expect(await answers.spokenOf('personal-bo', anna)).toBeNull();
  });

  it('is nothing any more after half an hour', async () => {
    await giveOne();
    now += 31 * MINUTE_MS;
    expect(await answers.spokenOf('personal-anna', anna)).toBeNull();
  });
});

describe('an answer that cannot be kept', () => {
  it('is given all the same, without an id to vote on', async () => {
    await store.close();
    expect(await answers.give(given())).toBeNull();
  });
});
