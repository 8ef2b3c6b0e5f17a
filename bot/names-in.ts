import type { SyncEngine } from '../services/sync-engine/index.ts';

/** Names have a first, a last and perhaps a middle part; a longer text is looked through in part. */
const MOST_WORDS = 40;
const HITS = 3;

/**
 * Names of mailboxes that these words may be part of. People have mailboxes, so their names are among
 * them; asking for each word is dear, and is done only for texts that nothing answered.
 */
export function createNamesIn(
  engine: Pick<SyncEngine, 'findMailboxes'>,
): (words: readonly string[]) => Promise<readonly string[]> {
  return async (words) => {
    const some = words.slice(0, MOST_WORDS);
    // A first name and a surname stand side by side; an engine finds whole names best.
    const pairs = some.slice(1).map((word, index) => `${some[index] ?? ''} ${word}`);
    const hits = await Promise.all(
      [...some, ...pairs].map((text) => engine.findMailboxes({ by: 'text', text, limit: HITS })),
    );
    return hits.flat().map(({ mailbox }) => mailbox.name);
  };
}
