import type { Config } from '../services/config/index.ts';
import type { Log } from '../services/observability/index.ts';
import type { Clock } from '../services/scheduler/index.ts';
import { type ChannelAdapter, createSignIn, type SignIn } from './teams/index.ts';

/** Null where the engine asks nobody to sign in, or nobody has set it up. */
export function signInTo(
  { engine, oauthConnection }: Config,
  adapter: ChannelAdapter,
  clock: Clock,
  log: Log,
): SignIn | null {
  if (engine.kind !== 'dataverse' || oauthConnection === null) return null;
  const tokens = adapter.tokenService(oauthConnection);
  return createSignIn({ tokens, resource: engine.url.origin, clock, log });
}
