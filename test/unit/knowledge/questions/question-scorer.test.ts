import { beforeAll, describe, expect, it } from 'vitest';
import type { Article } from '../../../../services/domain/article.ts';
import type { TopicId } from '../../../../services/domain/ids.ts';
import { decodeModel, encodeModel } from '../../../../services/knowledge/questions/model-file.ts';
import {
  loadQuestionData,
  type QuestionData,
} from '../../../../services/knowledge/questions/question-data.ts';
import { trainQuestionModel } from '../../../../services/knowledge/questions/question-model.ts';
import {
  QuestionScorer,
  type RankedTopic,
} from '../../../../services/knowledge/questions/question-scorer.ts';
import { scan } from '../../../../services/knowledge/text/scan.ts';
import { finishNow } from '../../../../services/knowledge/text/work-in-steps.ts';
import { realKnowledge } from '../../../support/real-knowledge.ts';

const TOPICS = ['pending-send', 'other-org', 'gmail'];
let data: QuestionData;
let articles: readonly Article[];
beforeAll(async () => {
  const loaded = await loadQuestionData('data/questions');
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  ({ data } = loaded);
  const all = (await realKnowledge()).articles();
  articles = all.filter(({ id }) => TOPICS.includes(id));
});

const scorer = (): QuestionScorer =>
  new QuestionScorer({ articles, ...data }, data.calibrations.document, null);
const rank = (by: QuestionScorer, text: string): readonly RankedTopic[] =>
  finishNow(by.rank(scan(text).words)).topics;

describe('ranking topics for a question', () => {
  it('puts the topic first whose questions are alike, and divides one certainty among them', () => {
    const ranked = rank(scorer(), 'mejlet fastnar och går inte iväg');
    expect(ranked[0]?.topic).toBe('pending-send');
    const probabilities = ranked.map(({ probability }) => probability);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1);
  });

  it('is surer of a question than of a single word, and has nothing to say to silence', () => {
    const by = scorer();
    const [question] = rank(by, 'why is my email stuck as pending send in dynamics');
    const [word] = rank(by, 'ok');
    expect(question?.probability).toBeGreaterThan(word?.probability ?? 1);
    expect(rank(by, '')).toEqual([]);
  });

  it('learns in small pieces, which several texts can share', () => {
    const by = scorer();
    const first = by.ready();
    const second = by.ready();
    let pieces = 0;
    for (let ended = false; !ended; pieces++) {
      ended = (pieces % 2 === 0 ? first : second).next().done === true;
    }
    expect(pieces).toBeGreaterThan(500);
    expect(by.ready().next().done).toBe(true);
    expect(rank(by, 'mejlet fastnar och går inte iväg')).toEqual(
      rank(scorer(), 'mejlet fastnar och går inte iväg'),
    );
  });
});

describe('a model in a file', () => {
  it('answers as the one that was written', () => {
    const model = finishNow(trainQuestionModel({ articles, ...data }));
    const read = decodeModel(encodeModel(model, 'these sources'), 'these sources');
    expect(read).toEqual(model);
    const by = new QuestionScorer({ articles, ...data }, data.calibrations.document, read);
    expect(rank(by, 'gmail nekar inloggningen')).toEqual(
      rank(scorer(), 'gmail nekar inloggningen'),
    );
  });

  it('is refused where it was learnt from other sources, cut off or no model', () => {
    const model = {
      topics: ['a' as TopicId],
      knownStems: Int32Array.of(1, 2),
      linear: {
        labels: 2,
        ids: Int32Array.of(5),
        rarity: Float32Array.of(1),
        rarityOfUnseen: 2,
        scales: Float32Array.of(0.5),
        rows: Int8Array.of(-3, 4),
        bias: Float32Array.of(0, 1),
      },
      scope: { ids: Int32Array.of(5, 6), weights: Float32Array.of(0.5, -0.25), bias: -1.5 },
    };
    const bytes = encodeModel(model, 'these');
    expect(decodeModel(bytes, 'these')).toEqual(model);
    expect(decodeModel(bytes, 'others')).toBeNull();
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeModel(bytes.subarray(0, length), 'these')).toBeNull();
    }
    expect(decodeModel(new TextEncoder().encode('{"not": "a model"}'), 'these')).toBeNull();
  });
});
