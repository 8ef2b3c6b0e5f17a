import { badRequest } from './refusal.ts';

export interface Literal {
  readonly type: 'Edm.String' | 'Edm.Guid' | 'Edm.DateTimeOffset';
  readonly value: string;
}

const TOKEN =
  /'(?:[^']|'')*'|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?(?![\w-])/gi;

/**
 * @balena/odata-parser knows neither unquoted identifiers nor unquoted moments, and decodes texts a
 * second time: literals are taken out before it reads, and stand in its tree as parameter aliases.
 */
export function takeLiterals(filter: string): {
  readonly filter: string;
  readonly literals: ReadonlyMap<string, Literal>;
} {
  const literals = new Map<string, Literal>();
  const rest = filter.replace(TOKEN, (found) => {
    const alias = `@l${literals.size}`;
    if (found.startsWith("'")) {
      literals.set(alias, { type: 'Edm.String', value: found.slice(1, -1).replaceAll("''", "'") });
    } else if (found.length === 36 && found[8] === '-') {
      literals.set(alias, { type: 'Edm.Guid', value: found.toLowerCase() });
    } else {
      literals.set(alias, { type: 'Edm.DateTimeOffset', value: found });
    }
    return alias;
  });
  if (rest.includes("'")) {
    throw badRequest(
      `There is an unterminated string literal at position ${filter.length} in '${filter}'.`,
    );
  }
  return { filter: rest, literals };
}

/** Cuts at a word that stands outside all parentheses. */
function cutAt(word: 'and' | 'or', text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0 && text.startsWith(` ${word} `, at)) {
      parts.push(text.slice(from, at));
      from = at + word.length + 2;
      at = from - 1;
    }
  }
  return [...parts, text.slice(from)];
}

/**
 * OData 4 binds `and` before `or`; the parser gives both the same rank. Parentheses make it plain.
 * Works on a filter without literals.
 */
export function bindAndFirst(filter: string): string {
  const alternatives = cutAt('or', bindWithin(filter));
  if (alternatives.length === 1) return alternatives[0] ?? '';
  return alternatives
    .map((part) => (cutAt('and', part).length > 1 ? `(${part})` : part))
    .join(' or ');
}

/** The same for what stands in parentheses, however deep. */
function bindWithin(text: string): string {
  const from = text.indexOf('(');
  if (from < 0) return text;
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth > 0) continue;
    const inner = bindAndFirst(text.slice(from + 1, at));
    return `${text.slice(0, from)}(${inner})${bindWithin(text.slice(at + 1))}`;
  }
  return text;
}
