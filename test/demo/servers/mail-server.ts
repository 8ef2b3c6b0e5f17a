import type { Socket } from 'node:net';
import type { CertificateKind, TestCertificates } from '../../support/test-certificates.ts';
import { listenOnLoopback } from './loopback-listener.ts';
import { createServerTls, type ServerTls } from './server-tls.ts';

/** Certificates that the demo may be told to show. */
export type DemoCertificate = Exclude<CertificateKind, 'self-signed'>;

/** One protocol's server with its live switches. */
export interface MailServer {
  /** `implicit` speaks TLS at once, `starttls` when asked to. */
  readonly ports: Readonly<Record<'implicit' | 'starttls', number>>;
  /** Refuses connections and drops the open ones; `up` takes the same ports again. */
  down(): Promise<void>;
  up(): Promise<void>;
  certificate(kind: DemoCertificate): void;
  stop(): Promise<void>;
}

/** How a protocol greets a client on a socket that is secured already, or may ask for TLS. */
type Serve = (
  socket: Socket,
  channel: { readonly isSecure: boolean; readonly tls: ServerTls },
) => void;

export interface MailServerSpec {
  readonly certificates: TestCertificates;
  readonly serve: Serve;
  /** For servers that keep a certificate of their own beside `tls`. */
  readonly onCertificate?: (kind: DemoCertificate) => void;
}

export async function startMailServer({
  certificates,
  serve,
  onCertificate,
}: MailServerSpec): Promise<MailServer> {
  const tls = createServerTls(certificates.leaf.good);
  const implicit = await listenOnLoopback((socket) =>
    tls.accept(socket, (secured) => serve(secured, { isSecure: true, tls })),
  );
  const starttls = await listenOnLoopback((socket) => serve(socket, { isSecure: false, tls }));
  const down = async (): Promise<void> => {
    await Promise.all([implicit.down(), starttls.down()]);
  };
  return {
    ports: { implicit: implicit.port, starttls: starttls.port },
    down,
    async up() {
      await Promise.all([implicit.up(), starttls.up()]);
    },
    certificate(kind) {
      tls.show(certificates.leaf[kind]);
      onCertificate?.(kind);
    },
    stop: down,
  };
}
