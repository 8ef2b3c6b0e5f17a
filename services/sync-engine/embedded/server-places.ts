import { endpointFor } from './attempt.ts';
import type { ChangeableRegistry } from './changeable-registry.ts';
import type { Registry } from './registry.ts';
import { serverName } from './server-queues.ts';

/** Mail servers count connections for each address; few at a time is polite, and enough for most. */
const FEWEST_PLACES = 4;
/** Postfix lets one client have 50 connections unless told otherwise. */
const MOST_PLACES = 40;
/** 10 000 mailboxes at one server are 33 sessions a second: 40 at a time leave each 1.2 s. */
const MAILBOXES_TO_A_PLACE = 250;

/**
 * How many sessions each server gets at once, by how many mailboxes it serves. They are counted again
 * after a profile was given another server: both the one and the other have other numbers then.
 */
export function placesByMailboxes({
  registry,
  version,
}: Pick<ChangeableRegistry, 'registry' | 'version'>): (server: string) => number {
  let counted = version();
  let served = mailboxesByServer(registry);
  return (server) => {
    if (counted !== version()) {
      counted = version();
      served = mailboxesByServer(registry);
    }
    const places = Math.ceil((served.get(server) ?? 0) / MAILBOXES_TO_A_PLACE);
    return Math.min(MOST_PLACES, Math.max(FEWEST_PLACES, places));
  };
}

function mailboxesByServer({ mailboxes, profiles }: Registry): ReadonlyMap<string, number> {
  const served = new Map<string, number>();
  for (const { profileId, address } of mailboxes.values()) {
    const used = profileId === null ? undefined : profiles.get(profileId);
    if (used === undefined) continue;
    const ends = (['incoming', 'outgoing'] as const).map((direction) =>
      serverName(endpointFor(used, direction, address)),
    );
    for (const server of new Set(ends)) served.set(server, (served.get(server) ?? 0) + 1);
  }
  return served;
}
