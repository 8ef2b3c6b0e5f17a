import { randomInt, randomUUID } from 'node:crypto';
import { claimsIn, unsignedToken } from './unsigned-token.ts';

export interface TokenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

export interface TokenReply {
  readonly status: number;
  readonly body: object | null;
}

export interface FakeTokenServiceOptions {
  readonly appId: string;
  readonly connectionName: string;
  /** The scope of the connection: the address of an organization. */
  readonly resource: string;
  /** What the bot must bring; null where it has no credentials. */
  readonly botToken: string | null;
  /** The token that Entra issues for the resource to the person with this object id. */
  readonly issue?: (objectId: string) => string;
  /** The connection has no token exchange URL. */
  readonly withoutExchange?: boolean;
}

type Failing = 'nothing' | 'consent' | 'everything';

/**
 * Stand-in for token.botframework.com and for the sign-in page that it leads to: the requests and
 * answers of Microsoft's clients (botframework-connector's tokenApi, and a published trace of a real
 * bot in microsoft/teams.net, core/docs/sso). It refuses what it does not know. It does not prove
 * that the real one decides so.
 */
export interface FakeTokenService {
  /** Null for requests that are none of its. */
  answer(request: TokenRequest): TokenReply | null;
  /** What the Teams client of this person gets from Entra for a token exchange resource. */
  clientToken(objectId: string): string;
  /** What that client then brings: `authentication` of a press, or the value of `signin/tokenExchange`. */
  authentication(objectId: string): Readonly<Record<'id' | 'connectionName' | 'token', string>>;
  /** Signs in on the page behind the link, with whatever account; gives the code that Teams brings. */
  signInOnPage(link: string, objectId: string): string;
  /** As if this person had signed in for this account, whoever looked at it then. */
  keep(accountId: string, objectId: string): void;
  /** As when somebody has revoked their sessions: what is kept can no longer be renewed. */
  expire(accountId: string): void;
  hasSignedIn(accountId: string): boolean;
  fail(failing: Failing): void;
  readonly asked: readonly { readonly what: string; readonly account: string | null }[];
}

interface Page {
  readonly account: string;
  code: string | null;
  objectId: string | null;
}

const refusal = (status: number, code: string, message: string): TokenReply => ({
  status,
  body: { error: { code, message } },
});

export function createFakeTokenService(options: FakeTokenServiceOptions): FakeTokenService {
  const { appId, connectionName, resource, botToken, withoutExchange = false } = options;
  const exchangeUri = `api://botid-${appId}`;
  const clientToken = (oid: string): string =>
    unsignedToken({ aud: exchangeUri, oid, scp: 'access_as_user' });
  const issue =
    options.issue ??
    ((oid: string) => unsignedToken({ aud: resource, oid, scp: 'user_impersonation' }));
  /** Whose sign-in is kept for which account. */
  const kept = new Map<string, string>();
  const pages = new Map<string, Page>();
  const asked: { what: string; account: string | null }[] = [];
  let failing: Failing = 'nothing';

  function tokenFor(account: string): TokenReply {
    const objectId = kept.get(account);
    if (objectId === undefined) return { status: 404, body: null };
    const expiration = '2026-11-24T12:00:00Z';
    const token = issue(objectId);
    return { status: 200, body: { channelId: 'msteams', connectionName, token, expiration } };
  }

  function getToken(account: string, code: string): TokenReply {
    if (code === '') return tokenFor(account);
    const [id, page] = [...pages].find(([, one]) => one.code === code) ?? [];
    if (id === undefined || page?.account !== account) return { status: 404, body: null };
    pages.delete(id);
    kept.set(account, page.objectId ?? '');
    return tokenFor(account);
  }

  function exchange(account: string, body: string): TokenReply {
    const { token } = JSON.parse(body === '' ? '{}' : body) as { readonly token?: unknown };
    if (typeof token !== 'string') {
      return refusal(400, 'BadArgument', "Missing required parameter 'TokenExchangeRequest'");
    }
    const { aud, oid } = claimsIn(token);
    if (aud !== exchangeUri || typeof oid !== 'string') {
      return refusal(400, 'BadRequest', 'The token is not exchangeable');
    }
    if (failing === 'consent') return refusal(400, 'BadRequest', 'Consent Required');
    kept.set(account, oid);
    return tokenFor(account);
  }

  function signInResource(state: string): TokenReply {
    const said = JSON.parse(Buffer.from(state, 'base64').toString('utf8')) as {
      readonly connectionName?: string;
      readonly msAppId?: string;
      readonly conversation?: { readonly user?: { readonly id?: string } };
    };
    const account = said.conversation?.user?.id;
    if (said.connectionName !== connectionName || account === undefined) {
      return refusal(400, 'BadArgument', 'Invalid state');
    }
    asked.push({ what: 'GetSignInResource', account });
    const id = randomUUID();
    pages.set(id, { account, code: null, objectId: null });
    // Who leaves out the app's id is offered no exchange.
    const offered = !withoutExchange && said.msAppId === appId;
    const providerId = '30dd229c-58e3-4a48-bdfd-91ec48eb906c';
    return {
      status: 200,
      body: {
        signInLink: `https://token.botframework.com/api/oauth/signin?signin=${id}`,
        ...(offered && {
          tokenExchangeResource: { id: randomUUID(), uri: exchangeUri, providerId },
        }),
        tokenPostResource: { sasUrl: `https://token.botframework.com/api/sas/postToken?id=${id}` },
      },
    };
  }

  function answer({ method, path, body, authorization }: TokenRequest): TokenReply | null {
    const { pathname, searchParams } = new URL(path, 'https://token.botframework.com');
    if (!/^\/api\/(usertoken|botsignin)\//i.test(pathname)) return null;
    if (botToken !== null && authorization !== `Bearer ${botToken}`) {
      return refusal(401, 'Unauthorized', 'The bot is not known');
    }
    if (failing === 'everything') {
      asked.push({ what: pathname.split('/').at(-1) ?? '', account: null });
      return refusal(503, 'ServiceUnavailable', 'Try again later');
    }
    if ([...searchParams.values()].includes('')) {
      return refusal(400, 'BadArgument', 'A parameter has no value');
    }
    const named = new Map([...searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    const called = `${method} ${pathname.split('/').slice(2).join('/')}`.toLowerCase();
    if (called === 'get botsignin/getsigninresource') {
      return signInResource(named.get('state') ?? '');
    }
    const account = named.get('userid') ?? '';
    if (account === '') return refusal(400, 'BadArgument', "Missing required parameter 'userId'");
    if (named.get('connectionname') !== connectionName || named.get('channelid') !== 'msteams') {
      return refusal(404, 'NotFound', 'There is no such connection');
    }
    asked.push({ what: pathname.split('/').at(-1) ?? '', account });
    switch (called) {
      case 'get usertoken/gettoken':
        return getToken(account, named.get('code') ?? '');
      case 'post usertoken/exchange':
        return exchange(account, body);
      case 'delete usertoken/signout':
        kept.delete(account);
        return { status: 200, body: {} };
      default:
        return refusal(404, 'NotFound', `unknown: ${called}`);
    }
  }

  return {
    answer,
    clientToken,
    authentication: (oid) => ({ id: randomUUID(), connectionName, token: clientToken(oid) }),
    signInOnPage(link, objectId) {
      const page = pages.get(new URL(link).searchParams.get('signin') ?? '');
      if (page === undefined) throw new Error('nobody was shown this page');
      page.objectId = objectId;
      page.code = String(randomInt(100_000, 999_999));
      return page.code;
    },
    keep: (account, objectId) => void kept.set(account, objectId),
    expire: (account) => void kept.delete(account),
    hasSignedIn: (account) => kept.has(account),
    fail(what) {
      failing = what;
    },
    asked,
  };
}
