import type { Migration } from '../migrations.ts';

/**
 * What the engine of Dynamics 365 keeps, and tests that it has not finished. Old records need no
 * change, but an older program could not read the new ones: it must refuse to start instead of
 * losing them.
 */
export const dynamics365: Migration = { to: 5, records: {} };
