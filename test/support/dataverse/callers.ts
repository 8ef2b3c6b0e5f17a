import type { Clock } from '../../../services/scheduler/index.ts';
import { unsignedToken } from '../token-service/unsigned-token.ts';
import { guidOf } from './ids.ts';
import type { Table } from './metadata.ts';
import { Refusal } from './refusal.ts';
import type { Rows } from './rows.ts';

export type EntraRole = 'Global Administrator' | 'Exchange Administrator';

/** Who stands behind a token: a row of systemuser, and what Entra says of them. */
export interface Caller {
  readonly kind: 'application' | 'user';
  readonly userId: string;
  /** Security roles of Dataverse by name. */
  readonly roles: readonly string[];
  readonly entraRoles: readonly EntraRole[];
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly privileges: readonly string[] | 'all';
}

export interface Callers {
  addRole(name: string, privileges: Role['privileges']): Role;
  add(caller: Caller): void;
  rolesOf(userId: string): readonly Role[];
  /** Undefined: every privilege there is. */
  privilegesOf(userId: string): ReadonlySet<string> | undefined;
  issueToken(userId: string, lifetimeMs?: number): string;
  revoke(token: string): void;
  authenticate(authorization: string | undefined): Caller;
  demand(caller: Caller, privilege: string, table: Table): void;
}

/** The one identifier that the documentation names; others follow from the name. */
const APPROVE = 'prvApproveRejectEmailAddress';
export const privilegeId = (name: string): string =>
  name === APPROVE ? '54e8c67e-9cc2-441b-802f-788f93e977d6' : guidOf(`privilege ${name}`);

const HOUR = 3_600_000;

function unauthorized(base: string, why: string): Refusal {
  const challenge = `Bearer ${why}authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize, resource_id=${base}`;
  return new Refusal(401, '', 'HTTP Error 401 - Unauthorized: Access is denied', {
    'www-authenticate': challenge,
  });
}

export function createCallers(clock: Clock, rows: Rows, base: () => string): Callers {
  const roles = new Map<string, Role>();
  const callers = new Map<string, Caller>();
  const tokens = new Map<string, { readonly userId: string; readonly until: number }>();

  const rolesOf = (userId: string): readonly Role[] =>
    (callers.get(userId)?.roles ?? []).flatMap((name) => roles.get(name) ?? []);

  function privilegesOf(userId: string): ReadonlySet<string> | undefined {
    const held = rolesOf(userId);
    if (held.some(({ privileges }) => privileges === 'all')) return undefined;
    return new Set(held.flatMap(({ privileges }) => (privileges === 'all' ? [] : privileges)));
  }

  function checkUser(caller: Caller): void {
    const user = rows.get('systemuser', caller.userId);
    if (user === undefined) {
      throw new Refusal(403, '0x80072560', 'The user is not a member of the organization.');
    }
    if (user.values.isdisabled === true) {
      const text = `The specified user(Id = ${caller.userId}) is disabled. Consider enabling this user.`;
      throw new Refusal(403, '0x80040225', text);
    }
    if (caller.roles.length === 0) {
      const text = `The user with id ${caller.userId} has not been assigned any roles. They need a role with the prvReadUser privilege.`;
      throw new Refusal(403, '0x80042f09', text);
    }
  }

  return {
    addRole(name, privileges) {
      const role = { id: guidOf(`role ${name}`), name, privileges };
      roles.set(name, role);
      return role;
    },
    add: (caller) => void callers.set(caller.userId, caller),
    rolesOf,
    privilegesOf,
    issueToken(userId, lifetimeMs = HOUR) {
      const oid = rows.get('systemuser', userId)?.values.azureactivedirectoryobjectid ?? userId;
      const token = unsignedToken({ aud: base(), oid, uti: guidOf(`${userId} ${tokens.size}`) });
      tokens.set(token, { userId, until: clock.now() + lifetimeMs });
      return token;
    },
    revoke: (token) => void tokens.delete(token),
    authenticate(authorization) {
      const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
      if (token === undefined) throw unauthorized(base(), '');
      const known = tokens.get(token);
      const caller = callers.get(known?.userId ?? '');
      if (known === undefined || known.until <= clock.now()) {
        throw unauthorized(base(), 'error=invalid_token, ');
      }
      if (caller === undefined) {
        throw new Refusal(403, '0x80072560', 'The user is not a member of the organization.');
      }
      checkUser(caller);
      return caller;
    },
    demand({ userId }, privilege, table) {
      const held = privilegesOf(userId);
      if (held === undefined || held.has(privilege)) return;
      throw new Refusal(
        403,
        '0x80040220',
        `Principal user (Id=${userId}, type=8, roleCount=${rolesOf(userId).length}, privilegeCount=${held.size}, accessMode=0), is missing ${privilege} privilege (Id=${privilegeId(privilege)}) on OTC=${table.typeCode} for entity '${table.name}'. context.Caller=${userId}`,
      );
    },
  };
}
