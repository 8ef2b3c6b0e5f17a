import { beforeAll, describe, expect, it } from 'vitest';
import type { Knowledge } from '../../../services/knowledge/index.ts';
import { realKnowledge } from '../../support/real-knowledge.ts';

/** Thousands of questions are learnt, where nothing was built ahead, and asked. */
const MANY_QUESTIONS = 60_000;

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await realKnowledge();
}, MANY_QUESTIONS);

describe('a free question', () => {
  it('is answered from its article, in the language it was asked in', () => {
    for (const article of knowledge.articles()) {
      expect(knowledge.diagnoseNow(article.title.sv).matches[0]?.topic, article.title.sv).toBe(
        article.id,
      );
    }
    expect(knowledge.diagnoseNow('Varför ligger mejlet kvar som väntande?').lang).toBe('sv');
    expect(knowledge.diagnoseNow('Why is the message still pending?').lang).toBe('en');
  });

  it('has the answer that its author gave it, nearly always', { timeout: MANY_QUESTIONS }, () => {
    const asked = knowledge
      .articles()
      .flatMap((article) =>
        [...article.questions.sv, ...article.questions.en].map((text) => ({ text, article })),
      );
    const right = asked.filter(({ text, article }) => {
      const { outcome, matches } = knowledge.diagnoseNow(text);
      return outcome !== 'none' && matches[0]?.topic === article.id;
    });
    expect(right.length / asked.length).toBeGreaterThan(0.97);
  });

  it.each(['', '   ', 'hej', '12345', '👍', '???', 'Hur lång tid kokar man ägg?', 'qwx zpk'])(
    'is not guessed at: %j',
    (text) => {
      expect(knowledge.diagnoseNow(text)).toMatchObject({ outcome: 'none', matches: [] });
    },
  );

  it('gets a choice of articles, best first, where several may be meant', () => {
    const ambiguous = knowledge
      .articles()
      .flatMap(({ questions }) => [...questions.sv.slice(0, 2), ...questions.en.slice(0, 2)])
      .flatMap((text) => text.split(' ').map((_, cut, all) => all.slice(0, cut + 1).join(' ')))
      .map((text) => knowledge.diagnoseNow(text))
      .filter(({ outcome }) => outcome === 'ambiguous');
    expect(ambiguous.length).toBeGreaterThan(0);
    for (const { matches } of ambiguous) {
      const confidences = matches.map(({ confidence }) => confidence);
      expect(matches.length).toBeGreaterThan(1);
      expect(matches.length).toBeLessThanOrEqual(3);
      expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    }
  });

  it('has no language where its words tell none', () => {
    expect(knowledge.diagnoseNow('gmail dynamics').lang).toBeNull();
  });
});

describe('an error code alone', () => {
  it('names the topic whose article alone lists it', () => {
    const { outcome, matches } = knowledge.diagnoseNow(
      'Email Server Error Code: web server returned securechannelfailure exception',
    );
    expect(outcome).toBe('match');
    expect(matches).toMatchObject([
      {
        topic: 'secure-channel-failure',
        code: 'Web server returned SecureChannelFailure exception',
        slots: {},
      },
    ]);
  });
});
