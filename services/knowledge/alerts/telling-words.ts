import type { Draft } from './pattern-draft.ts';

/**
 * For every wording the words that no wording of the same topic and language with the other nature
 * has. With no wording of the other nature, every word tells.
 */
export function tellingWords(drafts: readonly Draft[]): readonly ReadonlySet<number>[] {
  const wordsOf = new Map<string, Set<number>>();
  const key = ({ article, lang }: Draft, nature: string | null): string =>
    `${article.id} ${lang} ${nature}`;
  for (const draft of drafts) {
    if (draft.nature === null) continue;
    const words = wordsOf.get(key(draft, draft.nature)) ?? new Set<number>();
    for (const { word } of draft.elements) words.add(word);
    wordsOf.set(key(draft, draft.nature), words);
  }
  return drafts.map((draft) => {
    if (draft.nature === null) return new Set<number>();
    const contrary = wordsOf.get(
      key(draft, draft.nature === 'permanent' ? 'transient' : 'permanent'),
    );
    const words = draft.elements.map(({ word }) => word);
    return new Set(contrary ? words.filter((word) => !contrary.has(word)) : words);
  });
}
