import type { Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { KeyPair } from '../../support/test-certificates.ts';

/** Which certificate a server shows may change while it runs; open sessions keep theirs. */
export interface ServerTls {
  accept(socket: Socket, onSecure: (secured: TLSSocket) => void): void;
  show(pair: KeyPair): void;
}

export function createServerTls(pair: KeyPair): ServerTls {
  let context: SecureContext = createSecureContext(pair);
  return {
    accept(socket, onSecure) {
      const secured = new TLSSocket(socket, { isServer: true, secureContext: context });
      // A client that does not trust us ends the handshake with an alert.
      secured.on('error', () => socket.destroy());
      secured.once('secure', () => onSecure(secured));
    },
    show(shown) {
      context = createSecureContext(shown);
    },
  };
}
