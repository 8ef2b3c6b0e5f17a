import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A port on 127.0.0.1 that can be taken away and given back, as a server is that goes down. */
export interface LoopbackListener {
  readonly port: number;
  /** Refuses connections and drops the open ones. */
  down(): Promise<void>;
  up(): Promise<void>;
}

export async function listenOnLoopback(
  accept: (socket: Socket) => void,
): Promise<LoopbackListener> {
  const open = new Set<Socket>();
  let server: Server | null = null;

  async function listen(port: number): Promise<number> {
    server = createServer((socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      // A client that goes away in the middle is everyday life for a server.
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
      accept(socket);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  const port = await listen(0);
  return {
    port,
    async down() {
      const closing = server;
      if (closing === null) return;
      server = null;
      const closed = once(closing, 'close');
      closing.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    async up() {
      if (server === null) await listen(port);
    },
  };
}
