import type { Patient } from './patient.ts';

export interface HeldPrivilege {
  readonly name: string;
  /** `Global` is the whole organization. */
  readonly depth: string;
}

export type HeldPrivileges =
  | { readonly kind: 'held'; readonly privileges: readonly HeldPrivilege[] }
  | { readonly kind: 'unknown'; readonly seen: string };

/** What the application user may, through whatever roles it has. */
export async function heldPrivileges(
  patient: Patient,
  signal: AbortSignal,
): Promise<HeldPrivileges> {
  const { body: who } = await patient.whoAmI(signal);
  const path = `systemusers(${String(who.UserId)})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`;
  const { status, body, refusal } = await patient.get(path, signal);
  const all = Array.isArray(body.RolePrivileges) ? (body.RolePrivileges as unknown[]) : null;
  if (status !== 200 || all === null) {
    return { kind: 'unknown', seen: `${status} ${refusal.code}`.trimEnd() };
  }
  const privileges = all.flatMap((each): HeldPrivilege[] => {
    const { PrivilegeName: name, Depth: depth } = (each ?? {}) as Record<string, unknown>;
    return typeof name === 'string' && /^prv\w+$/.test(name)
      ? [{ name, depth: typeof depth === 'string' ? depth : '' }]
      : [];
  });
  // The older form of the answer has identifiers only.
  return privileges.length < all.length
    ? { kind: 'unknown', seen: 'no names' }
    : { kind: 'held', privileges };
}
