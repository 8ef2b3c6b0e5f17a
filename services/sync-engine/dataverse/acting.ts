import type { ActionContext } from '../sync-engine.ts';
import type { Asking, WebApi } from './web-api.ts';

/**
 * Null where the person has not signed in: the application user reads, and changes nothing. Where
 * nothing can be changed, nobody is asked to sign in for it.
 */
export function actingAs(
  { actor, signal }: Pick<ActionContext, 'actor' | 'signal'>,
  { origin, isReadOnly }: Pick<WebApi, 'origin' | 'isReadOnly'>,
): Asking | null {
  if (isReadOnly) return { signal, priority: 'person' };
  const { token } = actor;
  if (token === undefined) return null;
  return { signal, priority: 'person', as: (asked) => token(origin, asked) };
}
