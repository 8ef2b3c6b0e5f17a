import { GUID } from './ids.ts';
import type { Column, Table } from './metadata.ts';
import { badPayload, Refusal } from './refusal.ts';
import { moment, type Value } from './row.ts';

const EDM: Partial<Record<Column['type'], string>> = {
  BigInt: 'Edm.Int64',
  Boolean: 'Edm.Boolean',
  DateTime: 'Edm.DateTimeOffset',
  Integer: 'Edm.Int32',
  Lookup: 'Edm.Guid',
  Owner: 'Edm.Guid',
  Picklist: 'Edm.Int32',
  State: 'Edm.Int32',
  Status: 'Edm.Int32',
  Uniqueidentifier: 'Edm.Guid',
};
export const edmType = (column: Column): string => EDM[column.type] ?? 'Edm.String';

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

function readText(table: Table, column: Column, value: string): string {
  if (column.max !== undefined && value.length > column.max) {
    throw new Refusal(
      400,
      '0x80044331',
      `A validation error occurred.  The length of the '${column.name}' attribute of the '${table.name}' entity exceeded the maximum allowed length of '${column.max}'.`,
    );
  }
  return value;
}

function readNumber(table: Table, column: Column, value: number): number {
  if (value < (column.least ?? value) || value > (column.most ?? value)) {
    const text = `A validation error occurred. The value ${value} of '${column.name}' on record of type '${table.name}' is outside the valid range.`;
    throw new Refusal(400, '0x0', text);
  }
  if (column.type !== 'Integer' && column.type !== 'BigInt' && !column.options?.has(value)) {
    throw new Refusal(
      400,
      '0x8004431a',
      `A validation error occurred. The value ${value} of '${column.name}' on record of type '${table.name}' is outside the valid range. Accepted Values: ${[...(column.options?.keys() ?? [])].join(',')}`,
    );
  }
  return value;
}

/** Whether a payload's value is of the column's type, within its options and its length. */
export function readValue(table: Table, column: Column, value: unknown): Value {
  if (value === null) {
    if (!column.required) return null;
    throw badPayload(
      table.set,
      `A null value was found for the property named '${column.name}', which has the expected type '${edmType(column)}[Nullable=False]'.`,
    );
  }
  switch (edmType(column)) {
    case 'Edm.Boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'Edm.Int32':
    case 'Edm.Int64':
      if (Number.isInteger(value)) return readNumber(table, column, value as number);
      break;
    case 'Edm.Guid':
      if (typeof value === 'string' && GUID.test(value)) return value.toLowerCase();
      break;
    case 'Edm.DateTimeOffset':
      if (typeof value === 'string' && DATE_TIME.test(value)) {
        const ms = Date.parse(value);
        if (!Number.isNaN(ms)) return moment(ms);
      }
      break;
    default:
      if (typeof value === 'string') return readText(table, column, value);
  }
  throw badPayload(
    table.set,
    `Cannot convert the literal '${typeof value === 'string' ? value : JSON.stringify(value)}' to the expected type '${edmType(column)}'.`,
  );
}
