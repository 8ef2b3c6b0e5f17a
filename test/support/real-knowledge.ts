import { type Knowledge, loadKnowledge } from '../../services/knowledge/index.ts';

/** The knowledge that is shipped: data/ of this repository. */
export async function realKnowledge(): Promise<Knowledge> {
  const loaded = await loadKnowledge('data');
  if (loaded.kind === 'loaded') {
    // Where `npm run build` has not done it, the first test that asks would wait for it.
    await loaded.knowledge.learnQuestions();
    return loaded.knowledge;
  }
  throw new Error(
    loaded.problems.map(({ where, path, what }) => `${where} ${path}: ${what}`).join('\n'),
  );
}

let shared: Promise<Knowledge> | undefined;

/** The same for all tests of a file. */
export function sharedKnowledge(): Promise<Knowledge> {
  shared ??= realKnowledge();
  return shared;
}
