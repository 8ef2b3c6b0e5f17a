import { type Knowledge, loadKnowledge } from '../../services/knowledge/index.ts';

/** The knowledge that is shipped: data/ of this repository. */
export async function realKnowledge(): Promise<Knowledge> {
  const loaded = await loadKnowledge('data');
  if (loaded.kind === 'loaded') return loaded.knowledge;
  throw new Error(
    loaded.problems.map(({ where, path, what }) => `${where} ${path}: ${what}`).join('\n'),
  );
}
