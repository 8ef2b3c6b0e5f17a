import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AppError, type Log } from '../../../services/observability/index.ts';
import { type Pipeline, tryOnce } from '../single-attempt.ts';
import type { TokenService } from './token-service.ts';

/** The SDK's client of the token service. */
export type UserTokens = Awaited<
  ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']>
>;

/** Teams gives up on a pressed button after 5 s: an error is the better answer then. */
const ANSWER_WITHIN_MS = 3_000;

/** What the service says to a code or a client's token that it cannot use. */
const NOT_THEIRS: readonly unknown[] = [400, 404, 412];

/** As the SDK's own prompt calls it: an empty text would go over the wire as one. */
const LEFT_OUT = undefined as unknown as string;

export function createFrameworkTokenService(
  connect: () => Promise<UserTokens>,
  connectionName: string,
  log: Log,
): TokenService {
  let connecting: Promise<UserTokens> | null = null;

  async function connected(): Promise<UserTokens> {
    const client = await connect();
    const { pipeline } = (
      client as unknown as { readonly client: { readonly client: { readonly pipeline: Pipeline } } }
    ).client.client;
    tryOnce(pipeline, ANSWER_WITHIN_MS);
    return client;
  }

  /** Null for those refusals that are an answer. What the service says may name people: its status is enough. */
  async function ask<Answer>(
    what: string,
    work: (client: UserTokens) => Promise<Answer>,
    refusals: readonly unknown[] = [],
  ): Promise<Answer | null> {
    try {
      connecting ??= connected();
      return await work(await connecting);
    } catch (thrown) {
      connecting = null;
      const { statusCode, name } = thrown as {
        readonly statusCode?: unknown;
        readonly name?: unknown;
      };
      if (refusals.includes(statusCode)) return null;
      const why = typeof statusCode === 'number' ? `HTTP ${statusCode}` : String(name);
      throw new AppError('sign-in-unavailable', `${what}: ${why}`);
    }
  }

  return {
    connectionName,
    async token({ id, channelId }, code) {
      const answer = await ask(
        'GetToken',
        (client) => client.getUserToken(id, connectionName, channelId, code ?? LEFT_OUT),
        code === undefined ? [404] : NOT_THEIRS,
      );
      return tokenOf(answer);
    },
    async exchange({ id, channelId }, clientToken) {
      const answer = await ask(
        'exchange',
        (client) => client.exchangeToken(id, connectionName, channelId, { token: clientToken }),
        NOT_THEIRS,
      );
      const token = tokenOf(answer);
      if (token === null) log.info('sign-in-not-exchanged', { why: reasonOf(answer) });
      return token;
    },
    async invitation(activity) {
      const answer = await ask('GetSignInResource', (client) =>
        client.getSignInResource(connectionName, activity, LEFT_OUT),
      );
      const { signInLink, tokenExchangeResource } = answer ?? {};
      if (signInLink === undefined) {
        throw new AppError('sign-in-unavailable', 'GetSignInResource: no link');
      }
      const { id, uri, providerId } = tokenExchangeResource ?? {};
      // A member that is null or undefined makes Teams refuse the card.
      if (id === undefined || uri === undefined) return { link: signInLink };
      const exchange = { id, uri, ...(providerId === undefined ? {} : { providerId }) };
      return { link: signInLink, exchange };
    },
    async signOut({ id, channelId }) {
      await ask('SignOut', (client) => client.signOutUser(id, connectionName, channelId));
    },
  };
}

function tokenOf(answer: unknown): string | null {
  const token = (answer as { readonly token?: unknown } | null | undefined)?.token;
  return typeof token === 'string' && token !== '' ? token : null;
}

/** Entra's number for the reason; the text around it names people and addresses. */
function reasonOf(answer: unknown): string {
  const { error } = (answer ?? {}) as {
    readonly error?: { readonly code?: unknown; readonly message?: unknown };
  };
  const message = typeof error?.message === 'string' ? error.message : '';
  const number = /\bAADSTS\d{4,9}\b/.exec(message)?.[0];
  if (number !== undefined) return number;
  if (/consent/i.test(message)) return 'consent required';
  return typeof error?.code === 'string' ? error.code.slice(0, 60) : 'no token';
}
