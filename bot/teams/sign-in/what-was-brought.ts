import { z } from 'zod';
import type { Brought } from './sign-in.ts';

/** Tokens are a few kilobytes; codes have six digits. */
const LONGEST_TOKEN = 64_000;
const LONGEST_CODE = 40;

const authentication = z.looseObject({
  id: z.string().max(500).optional(),
  connectionName: z.string().max(500),
  token: z.string().min(1).max(LONGEST_TOKEN),
});
const state = z.union([z.string(), z.number().transform(String)]);

/**
 * Of a button that is pressed again (`authentication`, `state`); null where there is nothing of use,
 * such as the token for a connection that is not ours.
 */
export function broughtByPress(value: unknown, connectionName: string): Brought | null {
  if (typeof value !== 'object' || value === null) return null;
  const parts = value as { readonly authentication?: unknown; readonly state?: unknown };
  return (
    broughtByExchange(parts.authentication, connectionName)?.brought ?? broughtByCode(parts.state)
  );
}

/** Of `signin/tokenExchange`. */
export function broughtByExchange(
  value: unknown,
  connectionName: string,
): { readonly id: string; readonly brought: Brought } | null {
  const parsed = authentication.safeParse(value);
  if (!parsed.success || parsed.data.connectionName !== connectionName) return null;
  const { id = '', token } = parsed.data;
  return { id, brought: { kind: 'token', token } };
}

/** Codes are digits; where the window was closed, clients put a word of theirs in the code's place. */
export function broughtByCode(code: unknown): Brought | null {
  const parsed = state.safeParse(code);
  if (!parsed.success || parsed.data === '') return null;
  const isCode = /^\d+$/.test(parsed.data) && parsed.data.length <= LONGEST_CODE;
  return isCode ? { kind: 'code', code: parsed.data } : { kind: 'cancelled' };
}
