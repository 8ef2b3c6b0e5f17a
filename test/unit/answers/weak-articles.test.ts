import { expect, it } from 'vitest';
import { weakestFirst } from '../../../services/answers/weak-articles.ts';
import type { Answer, Vote } from '../../../services/domain/answer.ts';
import { type AnswerId, idOf, type TopicId, type UserId } from '../../../services/domain/ids.ts';

function answered(topic: string, votes: readonly Vote[]): Answer {
  return {
    id: idOf<AnswerId>(`${topic}-answer`),
    topic: idOf<TopicId>(topic),
    conversationId: 'group',
    askedBy: idOf<UserId>('anna'),
    askedAt: '2026-11-23T08:00:00.000Z',
    foundBy: 'answer',
    confidence: 0.9,
    language: 'en',
    slots: {},
    direction: null,
    code: null,
    nature: null,
    mailboxId: null,
    votes: Object.fromEntries(votes.map((vote, index) => [`person-${index}`, vote])),
  };
}

const many = (vote: Vote, count: number): Vote[] => Array.from({ length: count }, () => vote);

it('one bad vote is less than nine of ten, and an article without votes is not weak', () => {
  const weak = weakestFirst([
    answered('unvoted', []),
    answered('one-bad', ['not-solved']),
    answered('often-bad', [...many('not-solved', 9), 'solved']),
    answered('often-good', [...many('solved', 9), 'not-solved']),
    answered('often-good', many('solved', 5)),
  ]);
  expect(weak.map(({ topic }) => topic)).toEqual(['often-bad', 'one-bad', 'often-good', 'unvoted']);
  expect(weak[2]).toMatchObject({ given: 2, solved: 14, notSolved: 1 });
});
