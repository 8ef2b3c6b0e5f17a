import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

interface CuttingProxy {
  readonly port: number;
  stop(): Promise<void>;
}

/** When a client's bytes mean that the wire is cut now: `ACCEPT` at once, else what it has just said. */
export type CutAt = 'ACCEPT' | RegExp;

/** Passes bytes on until the client says what it is cut at; then both sides see the connection break. */
export async function startCuttingProxy(
  upstream: { readonly host: string; readonly port: number },
  cutAt: CutAt,
): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => undefined);
    if (cutAt === 'ACCEPT') {
      client.resetAndDestroy();
      return;
    }
    const behind = connect(upstream);
    open.add(behind);
    behind.on('error', () => undefined);
    client.on('data', (chunk: Buffer) => {
      if (cutAt.test(chunk.toString('latin1'))) {
        behind.destroy();
        client.resetAndDestroy();
      } else behind.write(chunk);
    });
    behind.on('data', (chunk: Buffer) => client.write(chunk));
    behind.on('close', () => client.end());
    client.on('close', () => behind.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
