import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stage } from './fault.ts';
import { createBreaker, faults } from './faults.ts';

export const CONTROL_FILE = '.demo/control-url';

/** A web page cannot send it to another origin without asking first, and nobody here says yes. */
export const CONTROL_HEADER = 'x-mailbox-medic-demo';

const USAGE = `say: heal, or break NAME, where NAME is one of\n${faultNames('  ')}`;

/** Each name with the topic that it shows. */
export function faultNames(indent: string): string {
  const names = Object.keys(faults);
  const widest = Math.max(...names.map((name) => name.length));
  return names
    .map((name) => `${indent}${name.padEnd(widest)}  ${faults[name]?.shows ?? ''}`)
    .join('\n');
}

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
  stage: Stage,
  controlFile: string = CONTROL_FILE,
): Promise<Control> {
  const breaker = createBreaker(stage);

  async function run(command: string): Promise<string> {
    const [verb, name = ''] = command.trim().split(/ +/);
    if (verb === 'heal') {
      await breaker.heal();
      return 'everything works again; disabled mailboxes wait for Test & enable';
    }
    if (verb === 'break') return (await breaker.break(name)) ?? USAGE;
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
