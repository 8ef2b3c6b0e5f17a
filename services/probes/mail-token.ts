import { createHash, createSign } from 'node:crypto';
import { type Secret, secretOf } from '../observability/index.ts';
import { createEntraTokens } from './entra-token.ts';
import { createHttpChannel, portOf } from './http-channel.ts';
import { firstWords, HttpRefusal, refusalEvidence, retryAfterOf } from './http-refusal.ts';
import type { ProbeCredentials, ProbeOutcome } from './probe.ts';
import { ProtocolError } from './protocol-error.ts';
import { runSession, type Session, type SessionSpec, type SessionYield } from './session.ts';
import { secretsIn, type TokenSource } from './token-source.ts';
import { wallClock } from './wall-clock.ts';

type Source = TokenSource<Secret>;
type OAuth = Extract<ProbeCredentials, { kind: 'oauth' }>;
/** What a mail server is given: a password or a token. */
export type ServerCredentials = Exclude<ProbeCredentials, { kind: 'oauth' }>;

const RENEW_BEFORE_MS = 120_000;
const ASSERTION_LIVES_S = 600;

/** Tokens for IMAP, POP3 and SMTP; in memory only, until they end or a server refuses them. */
export interface MailTokens {
  /**
   * A session with credentials that a mail server takes. The token is got before the server is
   * connected to, so that it does not wait; who gives none is told of as the stage `authenticate`.
   */
  run(
    spec: SessionSpec,
    work: (session: Session, credentials: ServerCredentials) => Promise<SessionYield>,
  ): Promise<ProbeOutcome>;
}

interface KnownToken {
  readonly value: string;
  readonly endsAtMs: number;
}

export function createMailTokens(): MailTokens {
  const known = new Map<string, KnownToken>();
  const entra = createEntraTokens();
  const refused = new Set<string>();

  async function tokenFor(session: Session, { source, userName }: OAuth): Promise<string> {
    const key = keyOf(source, userName);
    const isRefused = refused.delete(key);
    if (source.kind === 'entra-application') {
      const { resource, ...rest } = source;
      const credentials = { ...rest, kind: 'client-credentials', graph: resource } as const;
      return entra.acquire(session, credentials, isRefused);
    }
    const kept = isRefused ? undefined : known.get(key);
    if (kept && kept.endsAtMs - RENEW_BEFORE_MS > wallClock()) return kept.value;
    const fresh = await request(session, source.tokenEndpoint, formOf(source, userName));
    known.set(key, fresh);
    return fresh.value;
  }

  async function signInOf(
    session: Session,
    credentials: ProbeCredentials,
  ): Promise<ServerCredentials> {
    if (credentials.kind !== 'oauth') return credentials;
    try {
      const token = await tokenFor(session, credentials);
      session.conceal(token);
      return {
        kind: 'bearer',
        userName: credentials.userName,
        accessToken: secretOf(token),
      };
    } catch (error) {
      session.stages.enter('authenticate');
      const { hostname, port, protocol } = new URL(endpointOf(credentials.source));
      session.stages.note('endpoint', `${hostname}:${portOf(port, protocol)}`);
      throw error;
    }
  }

  return {
    async run(spec, work) {
      const outcome = await runSession(spec, async (session) =>
        work(session, await signInOf(session, spec.request.credentials)),
      );
      const { credentials } = spec.request;
      // One attempt a session, since refusals count towards a lockout; the next one gets a new token.
      if (
        credentials.kind === 'oauth' &&
        outcome.outcome === 'failed' &&
        outcome.failure.reason === 'credentials-rejected'
      ) {
        refused.add(keyOf(credentials.source, credentials.userName));
      }
      return outcome;
    },
  };
}

async function request(
  session: Session,
  endpoint: string,
  form: Readonly<Record<string, string>>,
): Promise<KnownToken> {
  const response = await createHttpChannel(session).send({
    method: 'POST',
    url: endpoint,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  });
  const { text } = response;
  const answer = jsonIn(text);
  const word = (name: string): string => {
    const value = answer[name];
    return typeof value === 'string' ? value : '';
  };
  if (!response.ok) {
    throw new HttpRefusal(
      response.status,
      word('error') === '' ? [] : [word('error')],
      word('error_description') || firstWords(text),
      retryAfterOf(response.headers),
      refusalEvidence(response.headers),
    );
  }
  if (word('access_token') === '') {
    throw new ProtocolError('NOT_THIS_PROTOCOL', { reply: firstWords(text) });
  }
  // RFC 6749 §5.1 only recommends to say how long; an hour is what everybody gives.
  const seconds = Number(answer['expires_in'] ?? 3_600);
  return {
    value: word('access_token'),
    endsAtMs: wallClock() + (Number.isFinite(seconds) ? seconds : 0) * 1_000,
  };
}

function formOf(
  source: Exclude<Source, { kind: 'entra-application' }>,
  userName: string,
): Readonly<Record<string, string>> {
  return source.kind === 'refresh-token'
    ? {
        grant_type: 'refresh_token',
        client_id: source.clientId,
        client_secret: source.clientSecret.reveal(),
        refresh_token: source.refreshToken.reveal(),
      }
    : {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: assertionOf(source, userName),
      };
}

/** Signed by the account's key, for the user whose mailbox is opened (`sub`). */
function assertionOf(
  {
    account,
    scope,
    tokenEndpoint,
    privateKey,
  }: Extract<Source, { kind: 'google-service-account' }>,
  userName: string,
): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(wallClock() / 1_000);
  const claims = { iss: account, sub: userName, scope, aud: tokenEndpoint };
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ ...claims, iat, exp: iat + ASSERTION_LIVES_S })}`;
  try {
    const signature = createSign('RSA-SHA256').update(signed).sign(privateKey.reveal());
    return `${signed}.${signature.toString('base64url')}`;
  } catch {
    // What OpenSSL says of a key that is none could quote it.
    throw new ProtocolError('UNSUPPORTED_CREDENTIALS');
  }
}

function endpointOf(source: Source): string {
  return source.kind === 'entra-application' ? source.authority : source.tokenEndpoint;
}

/** The secrets take part as a digest: a changed one must not live on in an old token. */
function keyOf(source: Source, userName: string): string {
  const digest = createHash('sha256');
  for (const secret of secretsIn(source)) digest.update(`${secret.reveal()}\0`);
  const account = source.kind === 'google-service-account' ? source.account : source.clientId;
  return JSON.stringify([source.kind, endpointOf(source), account, userName, digest.digest('hex')]);
}

function jsonIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
