import { type Knowledge, loadArticles } from '../../services/knowledge/index.ts';
import { generateCases } from './generate.ts';
import { loadHeldOut } from './score/held-out.ts';
import { scoreGenerated } from './score/score-generated.ts';
import { scoreHeldOut } from './score/score-held-out.ts';
import { createWorld } from './world.ts';

/**
 * What an author who saw neither the tuned generator nor the articles' questions finds. Held-out
 * questions are counted and never printed: whoever tunes the engine reads this.
 */
export async function secondOpinion(
  knowledge: Knowledge,
  perKind: number,
  seed = 'second',
): Promise<string> {
  const loaded = await loadArticles('data/knowledge');
  if (loaded.kind === 'invalid') return 'the articles are invalid';
  const articles = [...loaded.articles.values()];
  const topics = new Set<string>(articles.map(({ id }) => id));
  const entries = await loadHeldOut('test/cases/held-out-questions.yaml', topics);
  await knowledge.learnQuestions();
  const questions = await scoreHeldOut(knowledge, entries);
  const generated = await scoreGenerated(
    knowledge,
    generateCases(createWorld(articles), perKind, seed),
  );
  return `# Second generator and held-out questions

${articles.length} articles, ${perKind} cases for each noise.

## Held-out questions and negatives

${questions}

## Generated cases

${generated}`;
}
