import { createHash } from 'node:crypto';
import { ConfidentialClientApplication, type Configuration } from '@azure/msal-node';
import { createHttpChannel, type HttpAnswer } from './http-channel.ts';
import { firstWords, HttpRefusal, refusalEvidence, retryAfterOf } from './http-refusal.ts';
import type { ProbeCredentials } from './probe.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Session } from './session.ts';
import { wallClock } from './wall-clock.ts';

type ClientCredentials = Extract<ProbeCredentials, { kind: 'client-credentials' }>;
type NetworkClient = NonNullable<NonNullable<Configuration['system']>['networkClient']>;

/** A token is renewed this long before it ends, so that it outlives the test that uses it. */
const RENEW_BEFORE_MS = 120_000;

/** App-only tokens, one for each application and tenant, kept until they end. */
export interface EntraTokens {
  /** `isRefused`: the last one was turned down; ask for another whatever the clock says. */
  acquire(session: Session, credentials: ClientCredentials, isRefused: boolean): Promise<string>;
}

interface KnownToken {
  readonly value: string;
  readonly endsAtMs: number;
}

/**
 * Client credentials through msal-node. A client for each acquisition, because its network client is
 * bound to the session: msal has no timeout of its own, calls every network fault `network_error` and
 * drops Retry-After (all measured). The tokens are therefore kept here and not in msal's cache.
 */
export function createEntraTokens(): EntraTokens {
  const known = new Map<string, KnownToken>();
  return {
    async acquire(session, credentials, isRefused) {
      const key = keyOf(credentials);
      const token = known.get(key);
      if (token && !isRefused && token.endsAtMs - RENEW_BEFORE_MS > wallClock()) return token.value;
      const fresh = await request(session, credentials);
      known.set(key, fresh);
      return fresh.value;
    },
  };
}

async function request(session: Session, credentials: ClientCredentials): Promise<KnownToken> {
  const { authority, tenantId, clientId, clientSecret, graph } = credentials;
  const base = `${authority.replace(/\/$/, '')}/${encodeURIComponent(tenantId)}`;
  const network = observedNetwork(session);
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret: clientSecret.reveal(),
      authority: base,
      // Told instead of discovered: one request for a token, and a loopback authority works.
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: JSON.stringify({
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        issuer: `${base}/v2.0`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      }),
    },
    system: { networkClient: network.client },
  });
  try {
    const result = await session.deadline.within(
      application.acquireTokenByClientCredential({ scopes: [`${new URL(graph).origin}/.default`] }),
    );
    if (result === null) throw new HttpRefusal(502, [], 'no token in the answer', null);
    return { value: result.accessToken, endsAtMs: result.expiresOn?.getTime() ?? wallClock() };
  } catch (error) {
    throw network.refusal() ?? error;
  }
}

/** What really happened, beside what msal makes of it. */
function observedNetwork(session: Session): { client: NetworkClient; refusal(): unknown } {
  const channel = createHttpChannel(session);
  let refusal: unknown = null;

  async function send(
    method: string,
    url: string,
    headers: Record<string, string> = {},
    body?: string,
  ) {
    try {
      const response = await channel.send({
        method,
        url,
        headers,
        ...(body !== undefined && { body }),
      });
      const answer = tokenAnswer(response);
      if (!response.ok) refusal = refusalIn(answer, response);
      return {
        status: response.status,
        // msal has no use for them: what it would drop is read here.
        headers: {},
        body: answer,
      };
    } catch (error) {
      refusal = error;
      throw error;
    }
  }
  return {
    client: {
      // msal names the shape that it expects and checks nothing; `never` fits what it names.
      sendGetRequestAsync: async (url, options) => {
        const answer = await send('GET', url, options?.headers);
        return { ...answer, body: answer.body as never };
      },
      sendPostRequestAsync: async (url, options) => {
        const answer = await send('POST', url, options?.headers, options?.body);
        return { ...answer, body: answer.body as never };
      },
    },
    refusal: () => refusal,
  };
}

interface TokenAnswer {
  readonly error?: unknown;
  readonly error_description?: unknown;
  readonly error_codes?: unknown;
}

/** Empty where something in between answers in Entra's place, with a page of its own. */
function tokenAnswer(response: HttpAnswer): TokenAnswer {
  const { text } = response;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  if (response.ok) throw new ProtocolError('NOT_THIS_PROTOCOL', { reply: firstWords(text) });
  throw new HttpRefusal(
    response.status,
    [],
    response.headers.get('location') ?? firstWords(text),
    retryAfterOf(response.headers),
    refusalEvidence(response.headers),
  );
}

function refusalIn(answer: TokenAnswer, { status, headers }: HttpAnswer): HttpRefusal {
  const numbers = Array.isArray(answer.error_codes) ? (answer.error_codes as unknown[]) : [];
  const codes = [
    ...(typeof answer.error === 'string' ? [answer.error] : []),
    ...numbers.filter((each) => typeof each === 'number').map((each) => `AADSTS${each}`),
  ];
  const words = typeof answer.error_description === 'string' ? answer.error_description : '';
  return new HttpRefusal(status, codes, words, retryAfterOf(headers), refusalEvidence(headers));
}

/** The secret takes part as a digest: a changed secret must not live on in an old token. */
function keyOf({ authority, tenantId, clientId, clientSecret, graph }: ClientCredentials): string {
  const digest = createHash('sha256').update(clientSecret.reveal()).digest('hex');
  return JSON.stringify([authority, tenantId, clientId, graph, digest]);
}
