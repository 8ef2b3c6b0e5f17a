import type { TopicId } from '../domain/ids.ts';
import type { Knowledge } from '../knowledge/index.ts';

/** The examples that these articles would answer with something else, or not at all. */
export async function unansweredExamples(
  knowledge: Knowledge,
  topic: TopicId,
  examples: readonly string[],
): Promise<readonly string[]> {
  const unanswered: string[] = [];
  for (const example of examples) {
    const { outcome, matches } = await knowledge.diagnose(example);
    // To be among those that the person is asked to choose from is an answer.
    const answered = outcome !== 'none' && matches.some((match) => match.topic === topic);
    if (!answered) unanswered.push(example);
  }
  return unanswered;
}
