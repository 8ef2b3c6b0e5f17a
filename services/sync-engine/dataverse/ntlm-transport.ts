import { randomBytes } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { OnPremisesSignIn } from '../../entra/index.ts';
import {
  authenticateMessage,
  challengeOf,
  channelBindingOf,
  identityOf,
  negotiateMessage,
} from '../../probes/index.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  boundedText,
  inTime,
  type Transport,
} from './web-api-transport.ts';

type Account = Pick<Extract<OnPremisesSignIn, { kind: 'ntlm' }>, 'userName' | 'password'>;

/** As many requests go at once; each connection carries one at a time, and is signed in by itself. */
const CONNECTIONS = 4;

interface Connection {
  readonly agent: HttpAgent | HttpsAgent;
  isSignedIn: boolean;
  /** Ends when the last request that was given to it has ended. */
  idle: Promise<unknown>;
  waiting: number;
}

interface Exchanged {
  readonly answer: ApiAnswer;
  readonly certificate: Buffer | null;
}

/** NTLM signs in the connection, not the request: the handshake is repeated when that was lost. */
export function createNtlmTransport(account: Account, scheduler: Scheduler, url: URL): Transport {
  const isTls = url.protocol === 'https:';
  const connections = Array.from({ length: CONNECTIONS }, (): Connection => {
    const options = { keepAlive: true, maxSockets: 1 };
    const agent = isTls ? new HttpsAgent(options) : new HttpAgent(options);
    return { agent, isSignedIn: false, idle: Promise.resolve(), waiting: 0 };
  });

  async function exchange(
    { agent }: Connection,
    { method, url: target, headers, body }: ApiRequest,
    signal: AbortSignal,
  ): Promise<Exchanged> {
    const send = isTls ? httpsRequest : httpRequest;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const options = { method, agent, signal, headers: { ...headers, ...length } };
      send(target, options, resolve).on('error', reject).end(body);
    });
    const { socket } = response;
    const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate().raw : null;
    const text = await boundedText(response as AsyncIterable<Uint8Array>);
    const named = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    return {
      answer: { status: response.statusCode ?? 0, headers: new Headers(named), text },
      certificate,
    };
  }

  async function signIn(
    connection: Connection,
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<ApiAnswer> {
    const opening = { ...withNtlm(request, negotiateMessage()), body: '' };
    const { answer, certificate } = await exchange(connection, opening, signal);
    const challenge = challengeOf(challengeBytes(answer));
    // A server that asks for no proof has answered the opening, which had no body.
    if (answer.status !== 401 || challenge === null) return answer;
    const proof = authenticateMessage({
      identity: identityOf(account.userName, account.password.reveal()),
      challenge,
      clientChallenge: randomBytes(8),
      nowMs: scheduler.now(),
      targetName: `HTTP/${url.hostname}`,
      channelBinding: certificate === null ? null : channelBindingOf(certificate),
    });
    return (await exchange(connection, withNtlm(request, proof), signal)).answer;
  }

  async function send(
    connection: Connection,
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<ApiAnswer> {
    if (connection.isSignedIn) {
      const { answer } = await exchange(connection, request, signal);
      if (answer.status !== 401) return answer;
    }
    connection.isSignedIn = false;
    const answer = await signIn(connection, request, signal);
    connection.isSignedIn = answer.status !== 401;
    return answer;
  }

  return (request, signal) =>
    inTime(scheduler, signal, async (within) => {
      const [first, ...others] = connections;
      if (first === undefined) return Promise.reject(new Error('no connection'));
      const freest = others.reduce(
        (one, other) => (other.waiting < one.waiting ? other : one),
        first,
      );
      freest.waiting += 1;
      const sent = freest.idle.then(() => send(freest, request, within));
      freest.idle = sent.catch(() => undefined);
      try {
        return await sent;
      } finally {
        freest.waiting -= 1;
      }
    });
}

function withNtlm(request: ApiRequest, message: Buffer): ApiRequest {
  const authorization = `NTLM ${message.toString('base64')}`;
  return { ...request, headers: { ...request.headers, authorization } };
}

function challengeBytes({ headers }: ApiAnswer): Buffer {
  const value = /\bNTLM ([A-Za-z0-9+/=]+)/.exec(headers.get('www-authenticate') ?? '')?.[1];
  return Buffer.from(value ?? '', 'base64');
}
