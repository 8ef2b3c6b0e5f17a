import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faults, healAll } from './faults.ts';
import type { DemoWorld } from './world.ts';

export const CONTROL_FILE = '.demo/control-url';

export interface Control {
  run(command: string): Promise<string>;
  stop(): Promise<void>;
}

/** Lets another terminal break and heal the running demo; listens on loopback only. */
export async function startControl(world: DemoWorld): Promise<Control> {
  async function run(command: string): Promise<string> {
    const [verb, name] = command.trim().split(/ +/);
    if (verb === 'heal') {
      await healAll(world);
      return 'everything works again; disabled mailboxes wait for Test & enable';
    }
    const fault = name === undefined ? undefined : faults[name];
    if (verb === 'break' && fault !== undefined) {
      await fault.apply(world);
      return fault.what;
    }
    return `say: heal, or break ${Object.keys(faults).join(' | ')}`;
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void run(Buffer.concat(chunks).toString('utf8')).then((answer) => response.end(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await writeFile(
    CONTROL_FILE,
    `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
  );
  return {
    run,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
