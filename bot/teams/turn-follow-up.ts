import type { AfterFlush } from './after-flush.ts';
import type { ChannelAdapter } from './channel-adapter.ts';
import type { SendLater } from './send-later.ts';

/** What is done when the answer to an activity has left. */
export interface TurnFollowUp {
  readonly afterFlush: AfterFlush;
  readonly sendLater: SendLater;
  readonly resume: ChannelAdapter['resume'];
}
