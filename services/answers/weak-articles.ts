import type { Answer } from '../domain/answer.ts';
import type { TopicId } from '../domain/ids.ts';

/** How an article did as an answer. */
export interface ArticleVotes {
  readonly topic: TopicId;
  readonly given: number;
  readonly solved: number;
  readonly notSolved: number;
}

/** 95 % confidence. */
const Z = 1.96;

/** The articles that were voted on, the surely weakest first: one bad vote is less than nine of ten. */
export function weakestFirst(answers: readonly Answer[]): readonly ArticleVotes[] {
  const byTopic = new Map<TopicId, { given: number; solved: number; notSolved: number }>();
  for (const { topic, votes } of answers) {
    const counted = byTopic.get(topic) ?? { given: 0, solved: 0, notSolved: 0 };
    counted.given++;
    for (const vote of Object.values(votes)) {
      if (vote === 'solved') counted.solved++;
      else counted.notSolved++;
    }
    byTopic.set(topic, counted);
  }
  return [...byTopic]
    .map(([topic, counted]) => ({ topic, ...counted }))
    .sort((a, b) => surelyWeak(b) - surelyWeak(a) || b.given - a.given);
}

/** Lower bound of the Wilson score interval of the share that was not helped. */
function surelyWeak({ solved, notSolved }: ArticleVotes): number {
  const votes = solved + notSolved;
  if (votes === 0) return 0;
  const share = notSolved / votes;
  const spread = Z * Math.sqrt((share * (1 - share)) / votes + (Z * Z) / (4 * votes * votes));
  return (share + (Z * Z) / (2 * votes) - spread) / (1 + (Z * Z) / votes);
}
