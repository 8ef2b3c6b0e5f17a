import {
  CloudAdapter,
  type ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
} from 'botbuilder';
import type { Log } from '../../services/observability/index.ts';
import type {
  ChannelAdapter,
  ChannelAnswer,
  PostedActivity,
  TurnLogic,
} from './channel-adapter.ts';
import { readActivity } from './posted-activity.ts';
import { muteConsoleErrors, type Quietly } from './quiet-console.ts';
import { createFrameworkTokenService } from './sign-in/framework-token-service.ts';
import type { TokenService } from './sign-in/token-service.ts';
import { singleAttempt } from './single-attempt.ts';

export interface CloudChannelAdapterOptions {
  readonly authentication: ConfigurationBotFrameworkAuthentication;
  /** Empty only on loopback, where authentication is off. */
  readonly appId: string;
  readonly log: Log;
}

type Authenticated = Awaited<
  ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>
>;

/**
 * The Bot Framework's adapter with its HTTP edge replaced: `CloudAdapter.process` prints errors to
 * the console, sends their messages to the caller, and answers 500 to forged tokens.
 */
export class CloudChannelAdapter extends CloudAdapter implements ChannelAdapter {
  readonly #appId: string;
  readonly #log: Log;
  readonly #quietly: Quietly;

  constructor({ authentication, appId, log }: CloudChannelAdapterOptions) {
    const createConnectorFactory = authentication.createConnectorFactory.bind(authentication);
    authentication.createConnectorFactory = (claims) =>
      singleAttempt(createConnectorFactory(claims));
    super(authentication);
    this.#appId = appId;
    this.#log = log;
    this.#quietly = muteConsoleErrors();
  }

  async receive(posted: PostedActivity, logic: TurnLogic): Promise<ChannelAnswer> {
    const activity = readActivity(posted.body);
    if (activity === null) return { status: 400 };
    let authenticated: Authenticated;
    try {
      authenticated = await this.#quietly(() =>
        this.botFrameworkAuthentication.authenticateRequest(activity, posted.authorization),
      );
    } catch (error) {
      return this.#refuse(error);
    }
    if (authenticated.connectorFactory !== undefined) singleAttempt(authenticated.connectorFactory);
    try {
      const answer = await this.processActivity(authenticated, activity, logic);
      if (answer === undefined) return { status: 200 };
      return { status: answer.status, body: answer.body as unknown };
    } catch (error) {
      this.#log.error('turn-broke-the-adapter', { reason: nameOf(error) });
      return { status: 500 };
    }
  }

  async resume(reference: Partial<ConversationReference>, logic: TurnLogic): Promise<void> {
    await this.continueConversationAsync(this.#appId, reference, logic);
  }

  tokenService(connectionName: string): TokenService {
    const connect = () =>
      this.botFrameworkAuthentication.createUserTokenClient(this.createClaimsIdentity(this.#appId));
    return createFrameworkTokenService(connect, connectionName, this.#log);
  }

  /** Whatever is wrong with a token is the caller's fault; only keys that cannot be fetched are ours. */
  #refuse(error: unknown): ChannelAnswer {
    const reason = nameOf(error);
    const statusCode = (error as { readonly statusCode?: unknown } | null)?.statusCode;
    if (reason === 'FetchError' || (typeof statusCode === 'number' && statusCode >= 500)) {
      this.#log.error('signing-keys-unavailable', { reason });
      return { status: 503 };
    }
    this.#log.warn('request-not-authenticated', { reason });
    return { status: 401 };
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
