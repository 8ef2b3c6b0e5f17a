import type { Table } from './metadata.ts';
import { Refusal } from './refusal.ts';
import { type Row, textOf, type Value, type Values } from './row.ts';
import { firstStatusOf } from './rows.ts';

/** A statecode brings its first statuscode; a statuscode has to belong to the statecode. */
export function withState(table: Table, row: Row | undefined, values: Values): Values {
  if (!table.columns.has('statecode')) return values;
  if (!('statecode' in values) && !('statuscode' in values)) return values;
  const state: Value = values.statecode ?? row?.values.statecode ?? 0;
  const status = values.statuscode ?? firstStatusOf(table, Number(state));
  const belongsTo = table.columns.get('statuscode')?.states?.[textOf(status)];
  if (belongsTo !== state) {
    throw new Refusal(
      400,
      '0x80048408',
      `${textOf(status)} is not a valid status code for state code ${textOf(state)} on ${table.name} with Id ${row?.id ?? ''}.`,
    );
  }
  return { ...values, statecode: state, statuscode: status };
}
