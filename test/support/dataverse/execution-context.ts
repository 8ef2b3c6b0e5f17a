import { businessUnitId } from './functions.ts';
import { guidOf } from './ids.ts';
import type { Inside } from './inside.ts';
import type { Column } from './metadata.ts';
import { isReference, type Value } from './row.ts';
import type { Change } from './rows.ts';

const CONTRACTS = 'http://schemas.microsoft.com/xrm/2011/Contracts';

const reference = (table: string, id: string): object => ({
  __type: `EntityReference:${CONTRACTS}`,
  Id: id,
  KeyAttributes: [],
  LogicalName: table,
  Name: null,
  RowVersion: null,
});

/** As the .NET serializer of that contract writes: moments as /Date(…)/, choices as objects. */
function attribute(column: Column | undefined, value: Value): unknown {
  if (value === null) return null;
  if (isReference(value)) return reference(value.table, value.id);
  if (column?.type === 'DateTime') return `/Date(${Date.parse(String(value))})/`;
  if (column?.options !== undefined && column.type !== 'Boolean') {
    return { __type: `OptionSetValue:${CONTRACTS}`, Value: value };
  }
  return value;
}

/** The documented fields of RemoteExecutionContext, as an asynchronous step after the operation has them. */
export function executionContext(
  inside: Inside,
  { table, id, written, by }: Change,
  message: string,
  requestId: string,
): object {
  const { columns } = inside.metadata.table(table);
  const organization = inside.rows.get('organization', inside.organizationId)?.values;
  const target = {
    __type: `Entity:${CONTRACTS}`,
    Attributes: Object.entries(written).map(([key, value]) => ({
      key,
      value: attribute(columns.get(key), value),
    })),
    EntityState: null,
    FormattedValues: [],
    Id: id,
    KeyAttributes: [],
    LogicalName: table,
    RelatedEntities: [],
    RowVersion: null,
  };
  return {
    BusinessUnitId: businessUnitId(inside),
    CorrelationId: guidOf(`correlation ${requestId}`),
    Depth: 1,
    InitiatingUserId: by,
    InputParameters: [
      { key: 'Target', value: message === 'Delete' ? reference(table, id) : target },
    ],
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: message,
    Mode: 1,
    OperationCreatedOn: `/Date(${inside.now()}+0000)/`,
    OperationId: guidOf(`operation ${requestId}`),
    OrganizationId: inside.organizationId,
    OrganizationName: organization?.name ?? null,
    OutputParameters: [],
    OwningExtension: {
      Id: guidOf(`step ${table} ${message}`),
      KeyAttributes: [],
      LogicalName: 'sdkmessageprocessingstep',
      Name: null,
      RowVersion: null,
    },
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: id,
    PrimaryEntityName: table,
    RequestId: requestId,
    SecondaryEntityName: 'none',
    SharedVariables: [],
    Stage: 40,
    UserId: by,
  };
}
