import { parse } from '@balena/odata-parser';
import { z } from 'zod';
import { edmType } from './column-value.ts';
import { bindAndFirst, type Literal, takeLiterals } from './filter-literals.ts';
import { type Column, columnByProperty, type Table } from './metadata.ts';
import { badRequest, notInFake, unknownProperty } from './refusal.ts';
import { isReference, type Row, type Value } from './row.ts';

export type Predicate = (row: Row) => boolean;

interface Operand {
  readonly type: 'property' | 'null' | 'Edm.Int32' | 'Edm.Boolean' | Literal['type'];
  readonly value: string | number | boolean | null;
}

const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
type Comparison = (typeof COMPARISONS)[number];
const isComparison = (text: unknown): text is Comparison =>
  COMPARISONS.some((comparison) => comparison === text);

const propertyNode = z.strictObject({ name: z.string() });
const bindNode = z.strictObject({ bind: z.union([z.number(), z.string()]) });
const bind = z.tuple([z.string()], z.unknown());
const parsed = z.object({ tree: z.unknown(), binds: z.array(bind) });
const callNode = z.strictObject({ method: z.string(), args: z.array(z.unknown()) });

type Binds = z.infer<typeof parsed>['binds'];

/** As the database collates: without regard to case. */
const plain = (value: Value | undefined): string | number | boolean | null => {
  const single = isReference(value) ? value.id : (value ?? null);
  return typeof single === 'string' ? single.toLowerCase() : single;
};

const KIND: Partial<Record<string, string>> = { 'Edm.Int64': 'Edm.Int32' };
const kindOf = (column: Column): string => KIND[edmType(column)] ?? edmType(column);

function wrongTypes(column: Column, operand: Operand, operator: string): Error {
  return badRequest(
    `A binary operator with incompatible types was detected. Found operand types '${edmType(column)}' and '${operand.type}' for operator kind '${operator}'.`,
  );
}

function compare(operator: Comparison, column: Column, operand: Operand): Predicate {
  const literal =
    operand.type === 'Edm.DateTimeOffset' ? readMoment(operand) : plain(operand.value);
  if (operand.type !== 'null' && operand.type !== kindOf(column)) {
    throw wrongTypes(column, operand, operator);
  }
  const ordered = ['gt', 'ge', 'lt', 'le'].includes(operator);
  if (ordered && (operand.type === 'null' || operand.type === 'Edm.Boolean')) {
    throw wrongTypes(column, operand, operator);
  }
  const valueOf = (row: Row): string | number | boolean | null => {
    const value = row.values[column.name];
    return column.type === 'DateTime' && typeof value === 'string'
      ? Date.parse(value)
      : plain(value);
  };
  return (row) => {
    const value = valueOf(row);
    if (operator === 'eq') return value === literal;
    // Dataverse's "does not equal" takes in rows without a value.
    if (operator === 'ne') return value !== literal;
    if (value === null || literal === null) return false;
    if (operator === 'gt') return value > literal;
    if (operator === 'ge') return value >= literal;
    return operator === 'lt' ? value < literal : value <= literal;
  };
}

function readMoment({ value }: Operand): number {
  const ms = Date.parse(String(value));
  if (Number.isNaN(ms)) throw badRequest(`Unrecognized 'Edm.DateTimeOffset' literal '${value}'.`);
  return ms;
}

function search(method: string, column: Column, operand: Operand): Predicate {
  if (operand.type !== 'Edm.String' || edmType(column) !== 'Edm.String') {
    throw badRequest(
      `No function signature for the function with name '${method}' matches the specified arguments.`,
    );
  }
  const wanted = String(operand.value).toLowerCase();
  return (row) => {
    const value = plain(row.values[column.name]);
    if (typeof value !== 'string') return false;
    if (method === 'contains') return value.includes(wanted);
    return method === 'startswith' ? value.startsWith(wanted) : value.endsWith(wanted);
  };
}

class FilterReader {
  private readonly table: Table;
  private readonly literals: ReadonlyMap<string, Literal>;
  private readonly binds: Binds;

  constructor(table: Table, literals: ReadonlyMap<string, Literal>, binds: Binds) {
    this.table = table;
    this.literals = literals;
    this.binds = binds;
  }

  read(node: unknown): Predicate {
    if (!Array.isArray(node)) throw notInFake(`the filter ${JSON.stringify(node)}`);
    const [operator, ...rest] = node as unknown[];
    if (operator === 'and' || operator === 'or') {
      const parts = rest.map((part) => this.read(part));
      return operator === 'and'
        ? (row) => parts.every((part) => part(row))
        : (row) => parts.some((part) => part(row));
    }
    if (operator === 'not' && rest.length === 1) {
      const inner = this.read(rest[0]);
      return (row) => !inner(row);
    }
    if (isComparison(operator) && rest.length === 2) {
      return compare(operator, this.column(rest[0]), this.operand(rest[1]));
    }
    if (operator === 'call') return this.call(rest[0]);
    throw notInFake(`the filter operator ${String(operator)}`);
  }

  private call(node: unknown): Predicate {
    const { method, args } = callNode.parse(node);
    if (!['contains', 'startswith', 'endswith'].includes(method)) {
      throw notInFake(`the function ${method}`);
    }
    return search(method, this.column(args[0]), this.operand(args[1]));
  }

  private column(node: unknown): Column {
    const property = propertyNode.safeParse(node);
    if (!property.success) throw notInFake(`a comparison of ${JSON.stringify(node)}`);
    const column = columnByProperty(this.table, property.data.name);
    if (column === undefined || column.secret) {
      throw unknownProperty(property.data.name, this.table.name);
    }
    return column;
  }

  private operand(node: unknown): Operand {
    if (node === null) return { type: 'null', value: null };
    const bound = bindNode.safeParse(node);
    if (!bound.success) throw notInFake(`a comparison with ${JSON.stringify(node)}`);
    const { bind } = bound.data;
    const literal = typeof bind === 'string' ? this.literals.get(bind) : undefined;
    if (literal !== undefined) return literal;
    const [type, value] = this.binds[Number(bind)] ?? [];
    if (type === 'Real' && typeof value === 'number') return { type: 'Edm.Int32', value };
    if (type === 'Boolean' && typeof value === 'boolean') return { type: 'Edm.Boolean', value };
    throw notInFake(`a literal of type ${String(type)}`);
  }
}

function parseFilter(text: string, filter: string): z.infer<typeof parsed> {
  try {
    const rule = { startRule: 'ProcessRule', rule: 'FilterByExpression' } as const;
    return parsed.parse(parse(filter, rule));
  } catch (error) {
    throw badRequest(`Syntax error in '${text}': ${error instanceof Error ? error.message : ''}`);
  }
}

/** $filter, checked against the table's columns before any row is looked at. */
export function readFilter(table: Table, text: string): Predicate {
  const { filter, literals } = takeLiterals(text);
  const { tree, binds } = parseFilter(text, bindAndFirst(filter.trim()));
  return new FilterReader(table, literals, binds).read(tree);
}
