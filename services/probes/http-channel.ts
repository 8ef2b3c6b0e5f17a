import {
  Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingHttpHeaders,
} from 'node:http';
import { Socket } from 'node:net';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { openConnection, UNOBSERVED } from './connect.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Session } from './session.ts';

/** No answer that a test asks for comes near this. */
const LONGEST_BODY = 1_000_000;
const UTF8 = new TextDecoder();

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * An answer, read to its end. The global `Response` would do, but what it makes of a text that is there
 * already (streams, checked headers, a copy) costs a sixth of a test's processor time and more (measured).
 */
export interface HttpAnswer {
  readonly status: number;
  /** 200 to 299. */
  readonly ok: boolean;
  readonly headers: AnswerHeaders;
  readonly text: string;
}

/** Null for a header that was not sent; names in lower case. */
export type AnswerHeaders = Pick<Headers, 'get'>;

/** Requests of one session to one origin. Redirects are not followed: credentials stay where they belong. */
export interface HttpChannel {
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** The certificate (DER) of the connection that the last request went over; null without TLS. */
  peerCertificate(): Buffer | null;
}

/**
 * HTTPS over the session's own sockets, because the global `fetch` of Node 20 takes neither a
 * certificate authority nor tells which certificate it refused. `first` is an open socket to begin with.
 */
export function createHttpChannel(session: Session, first?: Socket): HttpChannel {
  let ready: Socket | undefined = first;
  let used: Socket | undefined = first;
  // One agent for all requests: Node 24 drops a kept socket that another agent has used before.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  session.own(agent);

  async function socketTo({ hostname, port, protocol }: URL): Promise<Socket> {
    const open = ready;
    ready = undefined;
    if (open?.readyState === 'open') return open;
    const tls = protocol === 'https:' ? 'implicit' : 'none';
    return openConnection(
      session,
      { host: hostname, port: portOf(port, protocol), tls },
      UNOBSERVED,
    );
  }

  return {
    send({ method, url, headers, body }) {
      const target = new URL(url);
      agent.createConnection = (_, created) => {
        socketTo(target).then(
          (socket) => created?.(null, socket),
          (error: unknown) => created?.(error as Error, new Socket()),
        );
        return undefined;
      };
      const request = httpRequest({
        agent,
        method,
        host: target.hostname,
        port: portOf(target.port, target.protocol),
        path: `${target.pathname}${target.search}`,
        headers: {
          host: target.host,
          ...headers,
          ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        },
      });
      request.once('socket', (socket) => {
        used = socket;
      });
      return session.deadline.within(exchange(request, body));
    },
    peerCertificate() {
      if (!(used instanceof TLSSocket)) return null;
      // Node gives null for a socket that is closed already, whatever its types say.
      return rawOf(used.getPeerCertificate());
    },
  };
}

function rawOf(certificate: PeerCertificate | null): Buffer | null {
  return certificate?.raw ?? null;
}

export function portOf(port: string, protocol: string): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

function exchange(request: ClientRequest, body: string | undefined): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (message) => {
      const { statusCode: status = 502, headers } = message;
      const chunks: Buffer[] = [];
      let size = 0;
      message.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LONGEST_BODY) message.destroy(new ProtocolError('REPLY_TOO_LONG'));
        else chunks.push(chunk);
      });
      message.once('error', reject);
      message.once('end', () => {
        const text = UTF8.decode(Buffer.concat(chunks));
        resolve({
          status,
          ok: status >= 200 && status < 300,
          headers: answerHeaders(headers),
          text,
        });
      });
    });
    request.end(body);
  });
}

function answerHeaders(headers: IncomingHttpHeaders): AnswerHeaders {
  return {
    get(name) {
      const value = headers[name];
      return value === undefined ? null : [value].flat().join(', ');
    },
  };
}
