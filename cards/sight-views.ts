import type { FailureReason } from '../services/domain/failure.ts';
import type { Direction } from '../services/domain/mailbox.ts';
import type { ServerSight } from '../services/domain/server-sight.ts';

/** What the bot's own machine saw of a server, beside what Dynamics 365 says of it. */
export interface SightView {
  /** That go by this server, those that fail first. */
  readonly directions: readonly Direction[];
  readonly sight: ServerSight;
  /** Dynamics 365's own reason; null where nothing that goes by the server fails. */
  readonly verdict: FailureReason | null;
}
