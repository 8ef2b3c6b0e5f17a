import type { Migration } from '../migrations.ts';

/**
 * Events and cards of early warnings. Old records need no change, but an older program could not
 * read the new ones: it must refuse to start instead of losing them.
 */
export const earlyWarnings: Migration = { to: 4, records: {} };
