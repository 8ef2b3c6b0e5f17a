import type { Migration } from '../migrations.ts';

/**
 * Messages may be held or cancelled, and tests interrupted. Old records need no change, but an older
 * program could not read the new ones: it must refuse to start instead of losing them.
 */
export const messagesMayBeHeld: Migration = { to: 3, records: {} };
