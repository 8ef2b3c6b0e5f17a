import Fuse from 'fuse.js';
import type { PeerDocument } from './documents.ts';
import { bestByTopic, type Peer, type RankedTopic } from './peer.ts';

const LONGEST_PATTERN = 200;

/** Reversed, as it did best in reference/match-baseline.md: each wording is looked for in the paste. */
export function fusePeer(documents: readonly PeerDocument[]): Peer {
  const patterns = documents
    .filter(({ kind }) => kind === 'wording')
    .map(({ topic, text }) => ({ topic, pattern: text.slice(0, LONGEST_PATTERN) }));
  return {
    name: 'fuse.js reversed',
    rank(text) {
      const paste = new Fuse([text], {
        includeScore: true,
        ignoreLocation: true,
        ignoreDiacritics: true,
        threshold: 0.4,
      });
      const hits = patterns.flatMap(({ topic, pattern }): RankedTopic[] => {
        const [hit] = paste.search(pattern);
        return hit ? [{ topic, score: 1 - (hit.score ?? 1) }] : [];
      });
      return bestByTopic(hits);
    },
  };
}
