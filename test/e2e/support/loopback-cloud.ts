import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from 'jose';
import type { FakeTokenService } from '../../support/token-service/fake-token-service.ts';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const TENANT_ID = '99999999-8888-4777-8666-555555555555';
export const SERVICE_URL = 'https://smba.trafficmanager.net/teams/';
const ISSUER = 'https://api.botframework.com';

export interface SentActivity {
  /** Of the activity: given by the channel when it is new, named by the bot when it is an update. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly authorization: string | undefined;
}

export interface TokenClaims {
  readonly audience?: string;
  readonly issuer?: string;
  readonly serviceUrl?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
  readonly notBefore?: number;
}

/**
 * Stand-in for the login hosts and the Bot Connector: publishes keys, signs tokens as the channel
 * does, hands out bot tokens, records what the bot sends. It proves signatures and HTTP, not that
 * Microsoft's services behave so.
 */
export interface LoopbackCloud {
  readonly url: string;
  /** A token as the Teams channel sends it; claims can be made wrong one by one. */
  token(claims?: TokenClaims): Promise<string>;
  /** Signed by a key that the authority never published, under the published key's id. */
  forgedToken(): Promise<string>;
  readonly sent: readonly SentActivity[];
  /** The first activity, sent already or later, that fits; those before `from` are passed over. */
  next(fits: (activity: SentActivity) => boolean, from?: number): Promise<SentActivity>;
  /** Refuses the first activity that fits, with that answer, and gives it; it is none of `sent`. */
  refuseOnce(fits: (activity: SentActivity) => boolean, refusal: Refusal): Promise<SentActivity>;
  stop(): Promise<void>;
}

export interface Refusal {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

interface AwaitedRefusal {
  readonly fits: (activity: SentActivity) => boolean;
  readonly refusal: Refusal;
  readonly happened: (activity: SentActivity) => void;
}

/** What the stand-in hands to the bot for its own requests. */
export const BOT_TOKEN = 'bot-token';

export interface LoopbackCloudOptions {
  /** Where people sign in. */
  readonly tokens?: FakeTokenService | null;
  /** The token of an application for a scope that is none of the channel's; null refuses it. */
  readonly applicationToken?: (form: URLSearchParams) => string | null;
}

const OWN_SCOPE = 'https://api.botframework.com/.default';

export async function startLoopbackCloud({
  tokens = null,
  applicationToken = () => null,
}: LoopbackCloudOptions = {}): Promise<LoopbackCloud> {
  const keys = await generateKeyPair('RS256', { extractable: true });
  const kid = randomUUID();
  const jwk = { ...(await exportJWK(keys.publicKey)), kid, use: 'sig', endorsements: ['msteams'] };
  const sent: SentActivity[] = [];
  const arrivals = new EventEmitter().setMaxListeners(0);
  const refusals: AwaitedRefusal[] = [];
  const server = createServer((request, response) => void handle(request, response));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const body = await read(request);
    const reply = (status: number, content: object, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(content));
    };
    const { method = '', headers: sentHeaders } = request;
    const { authorization } = sentHeaders;
    const signIn = tokens?.answer({ method, path, body, authorization }) ?? null;
    if (signIn !== null) {
      response.writeHead(signIn.status, { 'content-type': 'application/json' });
      response.end(signIn.body === null ? '' : JSON.stringify(signIn.body));
      return;
    }
    if (path.includes('openidconfiguration') || path.includes('openid-configuration')) {
      const tenant = path.split('/')[1] ?? TENANT_ID;
      reply(200, {
        issuer: path.startsWith('/v1/')
          ? ISSUER
          : `https://login.microsoftonline.com/${tenant}/v2.0`,
        jwks_uri: 'https://login.botframework.com/v1/.well-known/keys',
        authorization_endpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
        token_endpoint: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
        id_token_signing_alg_values_supported: ['RS256'],
      });
      return;
    }
    if (path.includes('/.well-known/keys')) {
      reply(200, { keys: [jwk] });
      return;
    }
    if (path.includes('/oauth2/v2.0/token')) {
      const form = new URLSearchParams(body);
      const isOwn = (form.get('scope') ?? '').split(' ').includes(OWN_SCOPE);
      const access_token = isOwn ? BOT_TOKEN : applicationToken(form);
      if (access_token === null) {
        reply(401, { error: 'invalid_client', error_codes: [7_000_215] });
        return;
      }
      reply(200, { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600, access_token });
      return;
    }
    if (path.includes('/discovery/instance')) {
      reply(200, {
        tenant_discovery_endpoint: `https://login.microsoftonline.com/${TENANT_ID}/v2.0/.well-known/openid-configuration`,
        metadata: [],
      });
      return;
    }
    if (path.includes('/v3/conversations')) {
      const id = request.method === 'PUT' ? (path.split('/').pop() ?? '') : randomUUID();
      const activity: SentActivity = {
        id,
        method,
        path,
        body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
        authorization,
      };
      const refused = refusals.findIndex(({ fits }) => fits(activity));
      const [awaited] = refused === -1 ? [] : refusals.splice(refused, 1);
      if (awaited !== undefined) {
        const { status, body: content = {}, headers = {} } = awaited.refusal;
        reply(status, content, headers);
        awaited.happened(activity);
        return;
      }
      sent.push(activity);
      reply(200, { id });
      arrivals.emit('activity');
      return;
    }
    reply(404, { error: path });
  }

  async function sign(
    key: GenerateKeyPairResult['privateKey'],
    claims: TokenClaims,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ serviceurl: claims.serviceUrl ?? SERVICE_URL })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setIssuer(claims.issuer ?? ISSUER)
      .setAudience(claims.audience ?? APP_ID)
      .setNotBefore(now + (claims.notBefore ?? -3600))
      .setExpirationTime(now + (claims.expiresIn ?? 3600))
      .sign(key);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    token: (claims = {}) => sign(keys.privateKey, claims),
    forgedToken: async () => sign((await generateKeyPair('RS256')).privateKey, {}),
    sent,
    async next(fits, from = 0) {
      for (;;) {
        const fitting = sent.slice(from).find(fits);
        if (fitting !== undefined) return fitting;
        await once(arrivals, 'activity');
      }
    },
    refuseOnce: (fits, refusal) =>
      new Promise((happened) => refusals.push({ fits, refusal, happened })),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
