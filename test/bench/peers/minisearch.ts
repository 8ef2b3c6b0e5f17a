import MiniSearch from 'minisearch';
import type { PeerDocument } from './documents.ts';
import { foldedWords } from './normalise.ts';
import { bestByTopic, type Peer } from './peer.ts';

/** One field, folded, each word once, b 0.3: its best setting in reference/match-baseline.md. */
export function minisearchPeer(documents: readonly PeerDocument[]): Peer {
  const index = new MiniSearch<{ id: number; topic: string; text: string }>({
    fields: ['text'],
    storeFields: ['topic'],
    tokenize: foldedWords,
    processTerm: (term) => term,
  });
  index.addAll(documents.map(({ topic, text }, id) => ({ id, topic, text })));
  return {
    name: 'minisearch',
    rank(text) {
      const once = [...new Set(foldedWords(text))].join(' ');
      const hits = index.search(once, {
        combineWith: 'OR',
        prefix: false,
        fuzzy: false,
        bm25: { k: 1.2, b: 0.3, d: 0.5 },
      });
      return bestByTopic(hits.map((hit) => ({ topic: String(hit['topic']), score: hit.score })));
    },
  };
}
