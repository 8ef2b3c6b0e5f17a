import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Ports that nobody listens on now, for servers that cannot be given port 0. All are held together
 * before any is let go, so that they differ.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const holders = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(holders.map((holder) => once(holder, 'listening')));
  const ports = holders.map((holder) => (holder.address() as AddressInfo).port);
  await Promise.all(holders.map((holder) => once(holder.close(), 'close')));
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
