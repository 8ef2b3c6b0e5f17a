import { create, insertMultiple, search } from '@orama/orama';
import type { PeerDocument } from './documents.ts';
import { foldedWords } from './normalise.ts';
import { bestByTopic, type Peer } from './peer.ts';

const SHORTEST_WORD = 4;
const HITS = 20;

/** One field, words of four letters and more, each once: its best setting in reference/match-baseline.md. */
export async function oramaPeer(documents: readonly PeerDocument[]): Promise<Peer> {
  const tokenizer = {
    language: 'english',
    normalizationCache: new Map<string, string>(),
    tokenize: (text: string): string[] => [
      ...new Set(foldedWords(text).filter(({ length }) => length >= SHORTEST_WORD)),
    ],
  };
  const index = create({
    schema: { text: 'string', topic: 'enum' },
    components: { tokenizer },
  });
  await insertMultiple(
    index,
    documents.map(({ topic, text }) => ({ topic, text })),
    500,
  );
  return {
    name: 'orama',
    rank(text) {
      const found = search(index, {
        term: text,
        properties: ['text'],
        tolerance: 0,
        threshold: 1,
        limit: HITS,
      });
      if (found instanceof Promise) throw new Error('orama answers at once without plug-ins');
      return bestByTopic(
        found.hits.map(({ document, score }) => ({ topic: String(document.topic), score })),
      );
    },
  };
}
