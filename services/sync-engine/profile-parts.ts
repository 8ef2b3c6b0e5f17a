import type { EmailServerProfile } from '../domain/profile.ts';
import type { ProfileChange, ProfilePart, ServerAddress } from '../domain/set-up-change.ts';

/** An address, or null for Auto Discover. */
export type PartValue = ServerAddress | string | null;

/** Auto Discover is off, and Exchange Online needs no address. */
export const NOWHERE = '';

export function partOf(profile: EmailServerProfile, part: ProfilePart): PartValue {
  if (part === 'location') return profile.autodiscover ? null : (profile.location ?? NOWHERE);
  const { host, port, tls } = profile[part];
  return { host, port, tls };
}

export function partIn(change: ProfileChange): ProfilePart {
  switch (change.kind) {
    case 'set-endpoint':
      return change.side;
    case 'undo':
      return change.part;
    default:
      return 'location';
  }
}

export function sameValue(one: PartValue, other: PartValue): boolean {
  if (one === null || other === null || typeof one === 'string' || typeof other === 'string') {
    return one === other;
  }
  return (
    one.host.toLowerCase() === other.host.toLowerCase() &&
    one.port === other.port &&
    one.tls === other.tls
  );
}

export function hostsOf({ incoming, outgoing }: EmailServerProfile): readonly string[] {
  return [incoming.host, outgoing.host].map((host) => host.toLowerCase());
}
