import { beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../services/domain/diagnosis.ts';
import type { Knowledge } from '../../../services/knowledge/index.ts';
import { reliabilityOf, wrongPerThousand } from '../../generated/calibration.ts';
import { FittingArticles } from '../../generated/fitting-articles.ts';
import { generateCases } from '../../generated/generate-cases.ts';
import type { GeneratedCase } from '../../generated/generated-case.ts';
import { words } from '../../generated/passage.ts';
import { wordingsOf } from '../../generated/renderings.ts';
import { countAnswer, emptyScore, isRight, slotShare } from '../../generated/score-generated.ts';
import { share } from '../../support/dev-cases.ts';
import { realKnowledge } from '../../support/real-knowledge.ts';

/** A few of each kind; `npm run bench -- diagnose` looks at hundreds. */
const PER_NOISE = 12;
/** What cuts leave is often next to nothing; they have floors of their own. */
const isCut = ({ noise }: GeneratedCase): boolean => noise.startsWith('cut');

let knowledge: Knowledge;
let cases: readonly GeneratedCase[];
let answers: ReadonlyMap<GeneratedCase, Diagnosis>;
beforeAll(async () => {
  knowledge = await realKnowledge();
  cases = generateCases(knowledge.articles(), { seed: 'unit', perNoise: PER_NOISE });
  answers = new Map(cases.map((one) => [one, knowledge.diagnoseNow(one.text)]));
}, 60_000);

function scoreOf(some: readonly GeneratedCase[]): ReturnType<typeof emptyScore> {
  const score = emptyScore();
  for (const one of some) countAnswer(one, answerTo(one), score);
  return score;
}

function answerTo(labelled: GeneratedCase): Diagnosis {
  return answers.get(labelled) ?? knowledge.diagnoseNow(labelled.text);
}

function wrong(some: readonly GeneratedCase[]): string {
  return some
    .filter((one) => !isRight(one, answerTo(one)))
    .map((one) => `${one.id} (${one.labels.join()}): ${one.text.slice(0, 120)}`)
    .join('\n');
}

describe('generated pastes', () => {
  it('are recognised with exactly their alerts, whatever damage leaves the whole alert', () => {
    const whole = cases.filter((one) => one.kind === 'paste' && !isCut(one));
    expect(whole.length).toBeGreaterThan(300);
    expect(share(scoreOf(whole).right), wrong(whole)).toBeGreaterThanOrEqual(0.985);
  });

  it('that were cut are recognised where what is left tells the article', () => {
    const decided = cases.filter((one) => one.kind === 'paste' && isCut(one));
    expect(decided.length).toBeGreaterThan(60);
    expect(share(scoreOf(decided).right), wrong(decided)).toBeGreaterThanOrEqual(0.88);
  });

  it('that were cut until several articles fit are asked about, with the right one offered', () => {
    const undecided = cases.filter((one) => one.kind === 'ambiguous' && isCut(one));
    expect(undecided.length).toBeGreaterThan(30);
    expect(share(scoreOf(undecided).right), wrong(undecided)).toBeGreaterThanOrEqual(0.55);
  });

  it('have their names read as they stand there', () => {
    const pastes = cases.filter(({ kind }) => kind === 'paste');
    expect(slotShare(scoreOf(pastes))).toBeGreaterThanOrEqual(0.97);
  });

  it('say the direction that they speak of, and the code that they name', () => {
    const { direction, code } = scoreOf(cases);
    expect(share(direction)).toBeGreaterThanOrEqual(0.99);
    expect(share(code)).toBeGreaterThanOrEqual(0.99);
  });

  it('that no article is about are not answered', () => {
    const negatives = cases.filter(({ kind }) => kind === 'negative');
    expect(negatives.length).toBeGreaterThan(50);
    expect(share(scoreOf(negatives).right), wrong(negatives)).toBeGreaterThanOrEqual(0.95);
  });

  it('are named with a confidence that is a probability', () => {
    const claims = cases.flatMap((one) => {
      const { outcome, matches } = answerTo(one);
      if (outcome !== 'match') return [];
      return matches.map(({ topic, confidence }) => ({
        confidence,
        right: one.labels.includes(topic),
      }));
    });
    expect(reliabilityOf(claims).expectedError).toBeLessThan(0.03);
    expect(wrongPerThousand(claims, 0.98)).toBeLessThan(8);
  });
});

describe('the generator', () => {
  it('makes the same cases for the same seed and others for another', () => {
    const texts = (seed: string): readonly string[] =>
      generateCases(knowledge.articles(), { seed, perNoise: 3, only: ['ocr', 'chat'] }).map(
        ({ text }) => text,
      );
    expect(texts('a')).toEqual(texts('a'));
    expect(texts('a')).not.toEqual(texts('b'));
  });

  it('knows which articles have some words, whatever is cut through at the ends', () => {
    const wording = (topic: string, template: string) => ({
      topic,
      lang: 'en',
      kind: 'template' as const,
      generation: 2 as const,
      template,
      direction: 'incoming' as const,
      spoken: null,
    });
    const fitting = new FittingArticles([
      wording('one', 'Email cannot be received because the mailbox {mailbox} is full.'),
      wording('other', "Email can't be received because the mailbox {mailbox} was moved."),
    ]);
    const topics = (text: string): readonly string[] => [
      ...fitting.of([[words(text)]], 'one').topics,
    ];
    expect(topics('mail cannot be received because the mail')).toEqual(['one', 'other']);
    expect(fitting.isDocumented([words('received because the mailbox')])).toBe(true);
    expect(fitting.isDocumented([words('sent because the mailbox')])).toBe(false);
  });

  it('has wordings of every article with templates', () => {
    const wordings = wordingsOf(knowledge.articles());
    for (const { id, templates } of knowledge.articles()) {
      expect(
        wordings.some(({ topic, kind }) => topic === id && kind === 'template'),
        id,
      ).toBe(templates.length > 0);
    }
  });
});
