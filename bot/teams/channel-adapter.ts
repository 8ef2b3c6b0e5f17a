import type { ConversationReference, TurnContext } from 'botbuilder';
import type { TokenService } from './sign-in/token-service.ts';

export type TurnLogic = (context: TurnContext) => Promise<void>;

/** One POST to /api/messages, as it came: neither its sender nor its shape is known yet. */
export interface PostedActivity {
  readonly authorization: string;
  readonly body: unknown;
}

/** What the caller of /api/messages is told. Refusals have no body: it would help only an attacker. */
export interface ChannelAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/**
 * The seam to the chat platform's SDK. The Bot Framework adapter implements it in production and on
 * loopback, a recording one in tests.
 */
export interface ChannelAdapter {
  /** Verifies the sender, then runs one turn. Never throws. */
  receive(posted: PostedActivity, logic: TurnLogic): Promise<ChannelAnswer>;
  /** A turn of our own in a known conversation. Throws what the channel answered. */
  resume(reference: Partial<ConversationReference>, logic: TurnLogic): Promise<void>;
  /** Where people sign in by this OAuth connection. */
  tokenService(connectionName: string): TokenService;
}
