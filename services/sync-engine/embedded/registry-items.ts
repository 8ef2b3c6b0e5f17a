import type { ZodType, z } from 'zod';
import type { Problem } from '../../observability/index.ts';

/** An item of the file that has the right shape, and where it stands. */
export interface Placed<Item> {
  readonly path: string;
  readonly item: Item;
}

export interface ParsedItems<Item> {
  readonly items: readonly Placed<Item>[];
  /** Ids of items with mistakes: a reference to one of them is no second mistake. */
  readonly brokenIds: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

export function parseItems<Item>(
  where: string,
  section: string,
  raw: readonly unknown[],
  schema: ZodType<Item>,
): ParsedItems<Item> {
  const items: Placed<Item>[] = [];
  const brokenIds = new Set<string>();
  const problems: Problem[] = [];
  raw.forEach((value, index) => {
    const path = `${section}[${index}]`;
    const parsed = schema.safeParse(value);
    if (parsed.success) {
      items.push({ path, item: parsed.data });
      return;
    }
    const id: unknown =
      typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
    if (typeof id === 'string') brokenIds.add(id);
    problems.push(...problemsOf(where, path, parsed.error.issues));
  });
  return { items, brokenIds, problems };
}

/** Zod's messages name types and choices, never the value: a secret put here by mistake stays unsaid. */
export function problemsOf(
  where: string,
  prefix: string,
  issues: readonly z.core.$ZodIssue[],
): readonly Problem[] {
  return issues.map((issue) => ({
    where,
    path: issue.path.reduce<string>(
      (path, part) =>
        typeof part === 'number'
          ? `${path}[${part}]`
          : path === ''
            ? String(part)
            : `${path}.${String(part)}`,
      prefix,
    ),
    what: issue.message,
    remedy: remedyFor(issue),
  }));
}

function remedyFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `Remove ${issue.keys.join(', ')}, or correct the spelling.`;
    case 'invalid_type':
      return `Write a value of the type ${issue.expected}.`;
    case 'invalid_value':
      return `Write one of: ${issue.values.map(String).join(', ')}.`;
    case 'too_big':
      return `Use at most ${String(issue.maximum)}.`;
    case 'too_small':
      return `Use at least ${String(issue.minimum)}.`;
    default:
      return `Correct the value: ${issue.message}.`;
  }
}
