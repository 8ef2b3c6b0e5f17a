import { type Column, type Metadata, propertyOf, type Table } from './metadata.ts';
import type { Preferences } from './prefer.ts';
import type { Expansion, Query } from './query.ts';
import { etagOf, isReference, type Row, textOf, type Value } from './row.ts';
import type { Rows } from './rows.ts';

const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
const LOOKUP_NAME = 'Microsoft.Dynamics.CRM.lookuplogicalname';
const NAVIGATION = 'Microsoft.Dynamics.CRM.associatednavigationproperty';

export type Json = Record<string, unknown>;

/** How rows look from outside. */
export interface Presenter {
  show(row: Row, query: Pick<Query, 'select' | 'expand'>, preferences: Preferences): Json;
}

const date = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
});

export function createPresenter(metadata: Metadata, rows: Rows): Presenter {
  function nameOf(value: Value): string | undefined {
    if (!isReference(value)) return undefined;
    const table = metadata.tables.find((each) => each.name === value.table);
    const row = rows.get(value.table, value.id);
    if (table?.primaryName === undefined || row === undefined) return undefined;
    const name = row.values[table.primaryName];
    return typeof name === 'string' ? name : undefined;
  }

  function formatted(column: Column, value: Value): string | undefined {
    if (value === null) return undefined;
    if (column.options !== undefined) return column.options.get(Number(value));
    if (column.type === 'DateTime')
      return date
        .format(new Date(textOf(value)))
        .replace(', ', ' ')
        .replace('\u202f', ' ');
    if (typeof value === 'number') return value.toLocaleString('en-US');
    return nameOf(value);
  }

  function annotationsOf(column: Column, value: Value, preferences: Preferences): Json {
    const property = propertyOf(column);
    const annotations: Json = {};
    const add = (annotation: string, text: string | undefined): void => {
      if (text === undefined || !preferences.annotates(annotation)) return;
      annotations[`${property}@${annotation}`] = text;
    };
    add(FORMATTED, formatted(column, value));
    if (isReference(value)) {
      add(LOOKUP_NAME, value.table);
      add(NAVIGATION, column.targets?.[value.table]);
    }
    return annotations;
  }

  function columnsOf(table: Table, select: readonly Column[] | undefined): readonly Column[] {
    const chosen = select ?? [...table.columns.values()];
    const id = table.columns.get(table.id);
    const all = id === undefined || chosen.includes(id) ? chosen : [...chosen, id];
    return all.filter((column) => !column.secret);
  }

  function plain(row: Row, select: readonly Column[] | undefined, preferences: Preferences): Json {
    const json: Json = { '@odata.etag': etagOf(row) };
    for (const column of columnsOf(metadata.table(row.table), select)) {
      const value = row.values[column.name] ?? null;
      json[propertyOf(column)] = isReference(value) ? value.id : value;
      Object.assign(json, annotationsOf(column, value, preferences));
    }
    return json;
  }

  function expanded(
    row: Row,
    { navigation, select }: Expansion,
    preferences: Preferences,
  ): unknown {
    const value = row.values[navigation.column.name] ?? null;
    if (!isReference(value) || !navigation.targets.includes(value.table)) return null;
    const target = rows.get(value.table, value.id);
    return target === undefined ? null : plain(target, select, preferences);
  }

  return {
    show(row, { select, expand }, preferences) {
      const json = plain(row, select, preferences);
      for (const each of expand) json[each.property] = expanded(row, each, preferences);
      return json;
    },
  };
}
