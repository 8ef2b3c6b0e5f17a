import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Case } from '../support/dev-cases.ts';

const FILE = join(import.meta.dirname, 'relabelled.yaml');

const schema = z.array(
  z.strictObject({
    id: z.string(),
    kind: z.enum(['paste', 'question', 'negative']),
    labels: z.array(z.string()),
    accept: z.array(z.string()).optional(),
    asked: z.literal(true).optional(),
    source: z.string(),
    why: z.string(),
  }),
);
type Relabelling = z.infer<typeof schema>[number];

function loadRelabellings(): readonly Relabelling[] {
  return schema.parse(parse(readFileSync(FILE, 'utf8')));
}

/** The cases with the labels that the grown catalogue gives them; those of absent articles stay. */
export function relabelled(
  cases: readonly Case[],
  known: ReadonlySet<string>,
): { readonly cases: readonly Case[]; readonly count: number } {
  const changes = new Map(
    loadRelabellings()
      .filter(({ labels }) => labels.every((label) => known.has(label)))
      .map((change) => [change.id, change]),
  );
  const changed = cases.map((one): Case => {
    const change = changes.get(one.id);
    if (!change) return one;
    const { kind, labels, accept, asked } = change;
    // Slots are known only where the alert is still the one that they were labelled for.
    const { slots, slotsIgnore, ...rest } = one;
    const same = one.labels.join() === labels.join();
    return {
      ...rest,
      ...(same && slots ? { slots } : {}),
      ...(same && slotsIgnore ? { slotsIgnore } : {}),
      ...(accept ? { accept } : {}),
      ...(asked ? { asked } : {}),
      kind,
      labels,
    };
  });
  return { cases: changed, count: changes.size };
}
