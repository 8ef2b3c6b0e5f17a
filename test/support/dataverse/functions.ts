import { jsonAnswer } from './answers.ts';
import { privilegeId } from './callers.ts';
import { guidOf } from './ids.ts';
import type { Answer, Ask, Inside } from './inside.ts';
import { readOptions } from './query.ts';
import { badRequest, noRow, notInFake } from './refusal.ts';
import { textOf } from './row.ts';

const context = (inside: Inside, type: string): string =>
  `${inside.base()}$metadata#Microsoft.Dynamics.CRM.${type}`;

export const businessUnitId = ({ organizationId }: Inside): string =>
  guidOf(`businessunit ${organizationId}`);

export function whoAmI(inside: Inside, ask: Ask): Answer {
  readOptions(ask.search, []);
  return jsonAnswer({
    '@odata.context': context(inside, 'WhoAmIResponse'),
    BusinessUnitId: businessUnitId(inside),
    UserId: ask.caller.userId,
    OrganizationId: inside.organizationId,
  });
}

const ACCESS_TYPE = /^Microsoft\.Dynamics\.CRM\.EndpointAccessType'(Default|Internet|Intranet)'$/;

/** `RetrieveCurrentOrganization(AccessType=@p1)?@p1=…`, or with the value in its place. */
export function currentOrganization(inside: Inside, argument: string, ask: Ask): Answer {
  const alias = /^AccessType=(@[a-z]\w*)$/i.exec(argument)?.[1];
  const options = readOptions(ask.search, alias === undefined ? [] : [alias]);
  const value = alias === undefined ? argument.replace('AccessType=', '') : options.get(alias);
  if (!ACCESS_TYPE.test(value ?? '')) {
    throw badRequest(`The AccessType '${value ?? ''}' is not one of EndpointAccessType.`);
  }
  const name = textOf(inside.rows.get('organization', inside.organizationId)?.values.name);
  const root = inside.base().replace(/api\/data\/v9\.2\/$/, '');
  return jsonAnswer({
    '@odata.context': context(inside, 'RetrieveCurrentOrganizationResponse'),
    Detail: {
      OrganizationId: inside.organizationId,
      FriendlyName: name,
      OrganizationVersion: '9.2.24112.00155',
      UrlName: name.toLowerCase(),
      UniqueName: `unq${inside.organizationId.slice(0, 8)}`,
      State: 'Enabled',
      Endpoints: { Count: 1, Keys: ['WebApplication'], Values: [root] },
    },
  });
}

/** Every privilege that a table of this fake and an approval can ask for. */
const allPrivileges = ({ metadata }: Inside): readonly string[] => [
  ...metadata.tables.flatMap(({ privilege }) =>
    ['Read', 'Write', 'Create', 'Delete'].map((right) => `prv${right}${privilege}`),
  ),
  'prvApproveRejectEmailAddress',
];

/** Bound to systemuser; depth is Global throughout, as the fake knows no business units. */
export function userPrivileges(inside: Inside, userId: string, ask: Ask): Answer {
  readOptions(ask.search, []);
  if (inside.rows.get('systemuser', userId) === undefined) throw noRow('systemuser', userId);
  const held = inside.callers.privilegesOf(userId) ?? allPrivileges(inside);
  return jsonAnswer({
    '@odata.context': context(inside, 'RetrieveUserPrivilegesResponse'),
    RolePrivileges: [...held].map((name) => ({
      Depth: 'Global',
      PrivilegeId: privilegeId(name),
      BusinessUnitId: businessUnitId(inside),
      PrivilegeName: name,
    })),
  });
}

/** `systemusers(…)/systemuserroles_association`: a role is a name and an identifier. */
export function userRoles(inside: Inside, userId: string, ask: Ask): Answer {
  inside.callers.demand(ask.caller, 'prvReadRole', inside.metadata.table('role'));
  const selected = readOptions(ask.search, ['$select']).get('$select') ?? 'name,roleid';
  const names = selected.split(',').map((name) => name.trim());
  for (const name of names) {
    if (name !== 'name' && name !== 'roleid') throw notInFake(`the column ${name} of a role`);
  }
  if (inside.rows.get('systemuser', userId) === undefined) throw noRow('systemuser', userId);
  return jsonAnswer({
    '@odata.context': `${inside.base()}$metadata#roles(${names.join(',')})`,
    value: inside.callers.rolesOf(userId).map(({ id, name }) => ({
      ...(names.includes('name') ? { name } : {}),
      roleid: id,
    })),
  });
}

const DEFINITION = {
  LogicalName: ({ name }) => name,
  EntitySetName: ({ set }) => set,
  ObjectTypeCode: ({ typeCode }) => typeCode,
  PrimaryIdAttribute: ({ id }) => id,
  PrimaryNameAttribute: ({ primaryName }) => primaryName ?? null,
} satisfies Record<string, (table: Inside['metadata']['tables'][number]) => unknown>;

/** `EntityDefinitions(LogicalName='mailbox')?$select=…`: enough to see whether changes are tracked. */
export function entityDefinition(inside: Inside, name: string, ask: Ask): Answer {
  const table = inside.metadata.tables.find((each) => each.name === name);
  if (table === undefined) throw noRow('EntityMetadata', name);
  const all: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(DEFINITION).map(([key, read]) => [key, read(table)])),
    ChangeTrackingEnabled: inside.tracksChanges(name),
    IsOptimisticConcurrencyEnabled: true,
    Privileges: (['Create', 'Read', 'Write', 'Delete'] as const).map((right) => ({
      Name: `prv${right}${table.privilege}`,
      PrivilegeId: privilegeId(`prv${right}${table.privilege}`),
      PrivilegeType: right,
    })),
  };
  const selected = readOptions(ask.search, ['$select']).get('$select');
  if (selected === undefined) throw notInFake('a definition without $select');
  const names = selected.split(',').map((each) => each.trim());
  const unknown = names.find((each) => !(each in all));
  if (unknown !== undefined) throw notInFake(`${unknown} of a table's definition`);
  return jsonAnswer({
    '@odata.context': `${inside.base()}$metadata#EntityDefinitions(${names.join(',')})/$entity`,
    ...Object.fromEntries(names.map((each) => [each, all[each]])),
  });
}
