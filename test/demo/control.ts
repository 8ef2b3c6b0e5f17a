import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faults, healAll } from './faults.ts';
import type { DemoWorld } from './world.ts';

export const CONTROL_FILE = '.demo/control-url';

/** A web page cannot send it to another origin without asking first, and nobody here says yes. */
export const CONTROL_HEADER = 'x-mailbox-medic-demo';

const USAGE = `say: heal, or break ${Object.keys(faults).join(' | ')}`;

/** Whether the demo that wrote this file still answers; a killed one leaves the file behind. */
export async function demoAnswers(controlFile: string): Promise<boolean> {
  try {
    const url = await readFile(controlFile, 'utf8');
    const response = await fetch(url, { method: 'POST', headers: { [CONTROL_HEADER]: 'yes' } });
    return (await response.text()) === USAGE;
  } catch {
    return false;
  }
}

export interface Control {
  run(command: string): Promise<string>;
  stop(): Promise<void>;
}

/** Lets another terminal break and heal the running demo; listens on loopback only. */
export async function startControl(
  world: DemoWorld,
  controlFile: string = CONTROL_FILE,
): Promise<Control> {
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
    return USAGE;
  }

  const server = createServer((request, response) => {
    if (request.headers[CONTROL_HEADER] === undefined) {
      response.writeHead(403).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void run(Buffer.concat(chunks).toString('utf8')).then((answer) => response.end(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await writeFile(
    controlFile,
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
