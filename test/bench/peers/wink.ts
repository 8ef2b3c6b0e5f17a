import createTextSearch from 'wink-bm25-text-search';
import type { PeerDocument } from './documents.ts';
import { foldedWords } from './normalise.ts';
import { bestByTopic, type Peer } from './peer.ts';

const HITS = 30;

export function winkPeer(documents: readonly PeerDocument[]): Peer {
  const engine = createTextSearch();
  engine.defineConfig({ fldWeights: { text: 1 }, bm25Params: { k1: 1.2, b: 0.4, k: 1 } });
  engine.definePrepTasks([foldedWords]);
  documents.forEach(({ text }, id) => engine.addDoc({ text }, id));
  engine.consolidate();
  return {
    name: 'wink-bm25',
    rank: (text) =>
      bestByTopic(
        engine
          .search(text, HITS)
          .map(([id, score]) => ({ topic: documents[Number(id)]?.topic ?? '', score })),
      ),
  };
}
