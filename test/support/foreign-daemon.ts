import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Below the range from which the system gives ports to others (port 0, outgoing connections). */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/**
 * Ports that nobody listens on now, for servers that cannot be given port 0. All are held together
 * before any is let go, so that they differ.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held: Server[] = [];
  while (held.length < count) {
    const server = createServer().listen(randomInt(LOWEST, HIGHEST), '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (isFree) held.push(server);
  }
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => once(server.close(), 'close')));
  return ports;
}

/** A foreign daemon says nothing when it is ready, so its port is asked: the one place that polls. */
export async function untilOpen(port: number, host = '127.0.0.1'): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = connect({ host, port });
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await wait(25);
  }
  throw new Error(`nothing listens on ${host}:${port}`);
}

/** Waits for a foreign process that was told to end; it is no child of ours, so nothing tells us. */
export async function untilGone(pid: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await wait(25);
  }
  process.kill(pid, 'SIGKILL');
}
