import type { ActionContext } from '../sync-engine.ts';
import type { Asking, WebApi } from './web-api.ts';

/** Null where the person has not signed in: the application user reads, and changes nothing. */
export function actingAs(
  { actor, signal }: Pick<ActionContext, 'actor' | 'signal'>,
  { origin }: Pick<WebApi, 'origin'>,
): Asking | null {
  const { token } = actor;
  if (token === undefined) return null;
  return { signal, priority: 'person', as: (asked) => token(origin, asked) };
}
