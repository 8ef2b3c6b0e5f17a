import { Agent, type ClientRequest, request as httpRequest } from 'node:http';
import { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { openConnection, UNOBSERVED } from './connect.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Session } from './session.ts';

/** No answer that a test asks for comes near this. */
const LONGEST_BODY = 1_000_000;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Requests of one session to one origin. Redirects are not followed: credentials stay where they belong. */
export interface HttpChannel {
  send(request: HttpRequest): Promise<Response>;
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

function exchange(request: ClientRequest, body: string | undefined): Promise<Response> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (message) => {
      let size = 0;
      message.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LONGEST_BODY) message.destroy(new ProtocolError('REPLY_TOO_LONG'));
      });
      text(message).then((content) => {
        const headers = new Headers();
        for (const [name, value] of Object.entries(message.headers)) {
          for (const item of [value ?? []].flat()) headers.append(name, item);
        }
        const status = message.statusCode ?? 502;
        const isEmpty = content === '' || status === 204 || status === 304;
        resolve(new Response(isEmpty ? null : content, { status, headers }));
      }, reject);
    });
    request.end(body);
  });
}
