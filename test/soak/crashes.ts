import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { seeded } from '../generated/random.ts';
import { DOMAIN, PASSWORD, RECIPIENT, startRealMailServers } from './mail-world.ts';
import type { SendingOrder } from './sending-child.ts';

const MAILBOXES = 10;
const MESSAGES = 400;
const CRASHES = 12;
/** Of the engine, from the moment at which everything has been handed in. */
const LIVES_MS = [100, 3_000] as const;

type Life =
  | { readonly ended: 'killed' }
  | { readonly ended: 'done'; readonly ids: readonly string[] };

async function live(order: SendingOrder, killAfterMs: number | null): Promise<Life> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'sending-child.ts'), JSON.stringify(order)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('done ')) {
      child.kill('SIGKILL');
      await ended;
      return { ended: 'done', ids: JSON.parse(line.slice('done '.length)) as string[] };
    }
    last = line;
    if (line !== 'handed in' || killAfterMs === null) continue;
    void setTimeout(killAfterMs).then(() => child.kill('SIGKILL'));
  }
  await ended;
  console.log(`killed; ${last}`);
  return { ended: 'killed' };
}

/** kill -9 again and again while the engine sends by a real Postfix: nothing is lost. */
export async function soakCrashes(): Promise<boolean> {
  const names = Array.from({ length: MAILBOXES }, (_, index) => `imap${index + 1}`);
  const servers = await startRealMailServers(names);
  const directory = await mkdtemp(join(tmpdir(), 'mailbox-medic-crashes-'));
  const random = seeded('crashes');
  const order: SendingOrder = {
    directory,
    incoming: servers.endpoints.imap,
    outgoing: servers.endpoints.smtp,
    authority: servers.dovecot.certificates.authority,
    password: PASSWORD,
    domain: DOMAIN,
    to: RECIPIENT,
    mailboxes: MAILBOXES,
    messages: MESSAGES,
  };
  let crashes = 0;
  let life: Life = { ended: 'killed' };
  while (life.ended === 'killed') {
    const [least, most] = LIVES_MS;
    const killAfterMs = crashes < CRASHES ? least + random.below(most - least) : null;
    life = await live(order, killAfterMs);
    if (life.ended === 'killed') crashes += 1;
  }
  // Postfix hands over to Dovecot a moment after it has accepted.
  let arrived = await servers.arrived();
  for (let wait = 0; wait < 20 && new Set(arrived).size < MESSAGES; wait += 1) {
    await setTimeout(500);
    arrived = await servers.arrived();
  }
  await servers.stop();
  await rm(directory, { recursive: true, force: true });
  const known = new Set(life.ids);
  const missing = life.ids.filter((messageId) => !arrived.includes(messageId));
  const strange = arrived.filter((messageId) => !known.has(messageId));
  const copies = arrived.length - new Set(arrived).size;
  console.log(
    `${MESSAGES} messages, ${crashes} crashes: ${missing.length} lost, ${strange.length} under a Message-ID that nobody knows, ${copies} sent again under their own`,
  );
  return missing.length === 0 && strange.length === 0 && known.size === MESSAGES;
}
