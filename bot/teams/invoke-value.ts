import { z } from 'zod';
import { type ParsedAction, parseAction } from '../../cards/index.ts';

const schema = z.looseObject({
  action: z.looseObject({ verb: z.unknown(), data: z.unknown() }),
  trigger: z.unknown().optional(),
});

/** The value of an `adaptiveCard/action` invoke: the SDK dereferences it unchecked, so it never sees it. */
export function readInvokeValue(value: unknown): ParsedAction {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return { kind: 'outdated' };
  return parseAction(parsed.data.action.verb, parsed.data.action.data);
}
