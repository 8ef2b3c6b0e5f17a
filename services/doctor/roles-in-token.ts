/**
 * The application permissions that were consented to, as a token of Microsoft Graph names them. Null
 * for a token that does not let itself be read: nobody promises that it does.
 */
export function rolesInToken(token: string): readonly string[] | null {
  const [, payload] = token.split('.');
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null) return null;
    const { roles = [] } = claims as { readonly roles?: unknown };
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : null;
  } catch {
    return null;
  }
}
