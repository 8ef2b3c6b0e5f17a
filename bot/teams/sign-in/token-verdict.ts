import type { UserId } from '../../../services/domain/ids.ts';

/**
 * `another-person`: issued to somebody else than who presses, as when they chose another account on
 * the sign-in page. `another-organization`: the scope of the connection names another address.
 */
export type TokenVerdict = 'theirs' | 'another-person' | 'another-organization' | 'unreadable';

/**
 * Whose token it is, and for what, as it says itself. Its signature is not checked: it comes from the
 * token service over TLS and against our own credentials, the key that signs it is none of ours to
 * ask for, and Dynamics 365 checks it. A token that does not say whose it is counts as nobody's.
 */
export function verdictOn(
  token: string,
  { personId, resource }: { readonly personId: UserId; readonly resource: string },
): TokenVerdict {
  const claims = claimsOf(token);
  if (claims === null || typeof claims['oid'] !== 'string') return 'unreadable';
  if (claims['oid'].toLowerCase() !== personId.toLowerCase()) return 'another-person';
  const audience = claims['aud'];
  // Newer tokens name an application in its place, which tells no organizations apart.
  const address = typeof audience === 'string' && URL.canParse(audience) ? new URL(audience) : null;
  if (address === null || address.origin === 'null') return 'theirs';
  return address.origin === new URL(resource).origin ? 'theirs' : 'another-organization';
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | null {
  const [, payload] = token.split('.');
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null
      ? (claims as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}
