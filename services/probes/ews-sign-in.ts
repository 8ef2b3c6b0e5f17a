import { randomBytes } from 'node:crypto';
import { channelBindingOf } from './channel-binding.ts';
import type { EntraTokens } from './entra-token.ts';
import { httpRefusalOf } from './ews-soap.ts';
import type { HttpAnswer, HttpChannel, HttpRequest } from './http-channel.ts';
import { HttpRefusal, refusalEvidence } from './http-refusal.ts';
import { authenticateMessage, challengeOf, identityOf, negotiateMessage } from './ntlm.ts';
import type { ExchangeAccess, ProbeCredentials } from './probe.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Session } from './session.ts';
import { wallClock } from './wall-clock.ts';

/** Requests that say who we are. An answer is whatever is not 401; that one is thrown. */
export interface SignedInChannel {
  send(request: HttpRequest): Promise<HttpAnswer>;
}

export interface SignInParts {
  readonly session: Session;
  readonly channel: HttpChannel;
  readonly credentials: ProbeCredentials;
  readonly authentication: ExchangeAccess['authentication'];
  readonly tokens: EntraTokens;
}

export function signInOver(parts: SignInParts): SignedInChannel {
  const { credentials, authentication } = parts;
  if (authentication === 'oauth') return tokenSignIn(parts);
  if (credentials.kind !== 'password') throw new ProtocolError('UNSUPPORTED_CREDENTIALS');
  return authentication === 'basic'
    ? basicSignIn(parts, credentials)
    : ntlmSignIn(parts, credentials);
}

type PasswordCredentials = Extract<ProbeCredentials, { kind: 'password' }>;

function basicSignIn(
  { channel }: SignInParts,
  { userName, password }: PasswordCredentials,
): SignedInChannel {
  const value = Buffer.from(`${userName}:${password.reveal()}`).toString('base64');
  return {
    async send(request) {
      const response = await channel.send(withAuthorization(request, `Basic ${value}`));
      if (response.status === 401) throw refusedSignIn(response, ['basic']);
      return response;
    },
  };
}

function tokenSignIn({ session, channel, credentials, tokens }: SignInParts): SignedInChannel {
  async function tokenFor(url: string, isRefused: boolean): Promise<string> {
    if (credentials.kind === 'bearer') return credentials.accessToken.reveal();
    if (credentials.kind !== 'client-credentials')
      throw new ProtocolError('UNSUPPORTED_CREDENTIALS');
    // Hybrid modern authentication: the audience of the token is the address of the server.
    return tokens.acquire(session, { ...credentials, graph: new URL(url).origin }, isRefused);
  }
  const attempt = async (request: HttpRequest, isRefused: boolean): Promise<HttpAnswer> =>
    channel.send(withAuthorization(request, `Bearer ${await tokenFor(request.url, isRefused)}`));
  return {
    async send(request) {
      let response = await attempt(request, false);
      // A kept token may have been revoked; 401 did nothing, so asking again is safe.
      if (response.status === 401 && credentials.kind === 'client-credentials')
        response = await attempt(request, true);
      if (response.status === 401) throw refusedSignIn(response, ['bearer']);
      return response;
    },
  };
}

/** NTLM signs in the connection, not the request: the handshake is repeated when that was lost. */
function ntlmSignIn(parts: SignInParts, credentials: PasswordCredentials): SignedInChannel {
  let isSignedIn = false;
  return {
    async send(request) {
      if (isSignedIn) {
        const response = await parts.channel.send(request);
        if (response.status !== 401) return response;
      }
      const response = await handshake(parts, credentials, request);
      isSignedIn = true;
      return response;
    },
  };
}

async function handshake(
  { channel }: SignInParts,
  { userName, password }: PasswordCredentials,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const open = (scheme: string): Promise<HttpAnswer> =>
    channel.send({
      ...withAuthorization(request, `${scheme} ${negotiateMessage().toString('base64')}`),
      // The request itself is worth sending only when somebody listens.
      body: '',
    });
  let scheme = 'NTLM';
  let opened = await open(scheme);
  // IIS takes plain NTLM under the other name as well, and some servers offer that one alone.
  if (opened.status === 401 && !offers(opened, 'ntlm') && offers(opened, 'negotiate')) {
    scheme = 'Negotiate';
    opened = await open(scheme);
  }
  if (opened.status !== 401) return opened;
  const challenge = challengeOf(challengeBytes(opened, scheme));
  if (challenge === null) throw refusedSignIn(opened, ['ntlm', 'negotiate']);
  const certificate = channel.peerCertificate();
  const answer = authenticateMessage({
    identity: identityOf(userName, password.reveal()),
    challenge,
    clientChallenge: randomBytes(8),
    nowMs: wallClock(),
    targetName: `HTTP/${new URL(request.url).hostname}`,
    channelBinding: certificate && channelBindingOf(certificate),
  });
  const response = await channel.send(
    withAuthorization(request, `${scheme} ${answer.toString('base64')}`),
  );
  if (response.status === 401) throw refusedSignIn(response, ['ntlm', 'negotiate']);
  return response;
}

function withAuthorization(request: HttpRequest, authorization: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization } };
}

/** A server that does not even offer our method says nothing about the password. */
function refusedSignIn(response: HttpAnswer, methods: readonly string[]): HttpRefusal {
  const offered = response.headers.get('www-authenticate') ?? '';
  if (offered === '' || methods.some((method) => offers(response, method)))
    return httpRefusalOf(response, '');
  const names = schemesIn(offered).join(', ');
  return new HttpRefusal(
    401,
    ['sign-in-not-offered'],
    `the server offers ${names}`,
    null,
    refusalEvidence(response.headers),
  );
}

function offers(response: HttpAnswer, method: string): boolean {
  const offered = schemesIn(response.headers.get('www-authenticate') ?? '');
  return offered.some((scheme) => scheme.toLowerCase() === method);
}

function schemesIn(header: string): readonly string[] {
  return header
    .split(',')
    .map((part) => part.trim().split(' ')[0] ?? '')
    .filter((word) => /^[a-z]+$/i.test(word));
}

function challengeBytes(response: HttpAnswer, scheme: string): Buffer {
  const header = response.headers.get('www-authenticate') ?? '';
  const part = header
    .split(',')
    .map((each) => each.trim())
    .find((each) => each.toLowerCase().startsWith(`${scheme.toLowerCase()} `));
  return Buffer.from(part?.slice(scheme.length + 1) ?? '', 'base64');
}
