import { parse } from '@balena/odata-parser';
import { z } from 'zod';
import { type Predicate, readFilter } from './filter.ts';
import {
  type Column,
  columnByProperty,
  type Metadata,
  type Navigation,
  navigationOf,
  type Table,
} from './metadata.ts';
import { badRequest, notInFake, unknownProperty } from './refusal.ts';

export interface Expansion {
  readonly property: string;
  readonly navigation: Navigation;
  readonly select: readonly Column[] | undefined;
}

export interface Query {
  /** Undefined: every column. */
  readonly select: readonly Column[] | undefined;
  readonly filter: Predicate;
  readonly order: readonly { readonly column: Column; readonly descending: boolean }[];
  readonly top: number | undefined;
  readonly count: boolean;
  readonly expand: readonly Expansion[];
  readonly skipToken: string | undefined;
  readonly deltaToken: string | undefined;
  /** Names of the options that stood in the request. */
  readonly asked: ReadonlySet<string>;
}

const KNOWN = [
  '$select',
  '$filter',
  '$orderby',
  '$top',
  '$count',
  '$expand',
  '$skiptoken',
  '$deltatoken',
];
const path = z.strictObject({ name: z.string() });
const selectTree = z.strictObject({ properties: z.array(path) });
const orderTree = z.strictObject({
  properties: z.array(path.extend({ order: z.enum(['asc', 'desc']) })),
});
const expandTree = z.strictObject({
  properties: z.array(
    path.extend({ options: z.strictObject({ $select: selectTree.optional() }).optional() }),
  ),
});

/** Raw options by name, decoded; refuses what Dataverse or the fake does not know. */
export function readOptions(search: string, known: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const part of search.replace(/^\?/, '').split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = decodeURIComponent(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : decodeURIComponent(part.slice(at + 1).replaceAll('+', ' '));
    if (!known.includes(name)) throw notInFake(`the query option ${name}`);
    if (options.has(name)) {
      throw badRequest(
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      );
    }
    options.set(name, value);
  }
  return options;
}

function option(name: string, value: string): unknown {
  try {
    const rule = { startRule: 'ProcessRule', rule: 'QueryOptions' } as const;
    return parse(`${name}=${value}`, rule).tree[name];
  } catch (error) {
    throw badRequest(`Syntax error in ${name}: ${error instanceof Error ? error.message : ''}`);
  }
}

function tree<Shape>(schema: z.ZodType<Shape>, name: string, value: string): Shape {
  const read = schema.safeParse(option(name, value));
  if (!read.success) throw notInFake(`${name}=${value}`);
  return read.data;
}

function columnAt(table: Table, property: string): Column {
  const column = columnByProperty(table, property);
  if (column === undefined || column.secret) throw unknownProperty(property, table.name);
  return column;
}

const columnsAt = (table: Table, names: readonly { readonly name: string }[]): readonly Column[] =>
  names.map(({ name }) => columnAt(table, name));

function readOrder(table: Table, value: string): Query['order'] {
  // The parser takes a missing direction for `desc`; OData says `asc`.
  const directed = value
    .split(',')
    .map((part) => (/\s(asc|desc)\s*$/.test(part) ? part.trim() : `${part.trim()} asc`))
    .join(',');
  return tree(orderTree, '$orderby', directed).properties.map(({ name, order }) => {
    const column = columnAt(table, name);
    if (column.targets !== undefined) throw notInFake('an order by lookup');
    return { column, descending: order === 'desc' };
  });
}

function readExpand(metadata: Metadata, table: Table, value: string): readonly Expansion[] {
  return tree(expandTree, '$expand', value).properties.map(({ name, options }) => {
    const navigation = navigationOf(table, name);
    if (navigation === undefined) throw unknownProperty(name, table.name);
    const targets = metadata.tables.filter((each) => navigation.targets.includes(each.name));
    const [target] = targets;
    if (target === undefined) throw notInFake(`the table behind ${name}`);
    if (targets.length > 1) throw notInFake(`the expansion of ${name}, which has several targets`);
    const select = options?.$select && columnsAt(target, options.$select.properties);
    return { property: name, navigation, select };
  });
}

function readTop(value: string): number {
  if (!/^\d+$/.test(value))
    throw badRequest(`Invalid value '${value}' for $top query option found.`);
  return Number(value);
}

function readCount(value: string): boolean {
  if (value !== 'true' && value !== 'false') {
    throw badRequest(`Invalid value '${value}' for $count query option found.`);
  }
  return value === 'true';
}

/** The query options of a request for rows of a table. */
export function readQuery(metadata: Metadata, table: Table, search: string): Query {
  const options = readOptions(search, KNOWN);
  const at = <Result>(name: string, read: (value: string) => Result): Result | undefined => {
    const value = options.get(name);
    return value === undefined ? undefined : read(value);
  };
  return {
    select: at('$select', (value) =>
      columnsAt(table, tree(selectTree, '$select', value.replaceAll(' ', '')).properties),
    ),
    filter: at('$filter', (value) => readFilter(table, value)) ?? (() => true),
    order: at('$orderby', (value) => readOrder(table, value)) ?? [],
    top: at('$top', readTop),
    count: at('$count', readCount) ?? false,
    expand: at('$expand', (value) => readExpand(metadata, table, value)) ?? [],
    skipToken: options.get('$skiptoken'),
    deltaToken: options.get('$deltatoken'),
    asked: new Set(options.keys()),
  };
}
