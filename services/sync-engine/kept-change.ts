import { z } from 'zod';
import type { DeliveryMethod } from '../domain/mailbox.ts';
import type { ServerAddress } from '../domain/set-up-change.ts';

export interface KeptChange<Value> {
  readonly before: Value;
  readonly after: Value;
}

const address = z.union([
  z.string(),
  z.strictObject({
    host: z.string(),
    port: z.number(),
    tls: z.enum(['implicit', 'starttls', 'none']),
  }),
  z.null(),
]);
const method = z.enum(['server-side-synchronization', 'outlook', 'forward-mailbox', 'none']);
// Keys used by an earlier release say `changed` and nothing of what.
const json = z
  .string()
  .startsWith('{')
  .transform((text): unknown => JSON.parse(text));
const addresses = json.pipe(z.strictObject({ before: address, after: address }));
const methods = json.pipe(z.strictObject({ before: method, after: method }));

/**
 * What a change did, kept under its key: whoever asks again, because the process died before it had
 * written down the answer, is told the same.
 */
export function keptAs({ before, after }: KeptChange<ServerAddress | string | null>): string {
  return JSON.stringify({ before, after });
}

export function keptPart(result: string): KeptChange<ServerAddress | string | null> | null {
  return addresses.safeParse(result).data ?? null;
}

export function keptMethods(result: string): KeptChange<DeliveryMethod> | null {
  return methods.safeParse(result).data ?? null;
}
