import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { type EwsServer, startEwsServer } from '../../demo/servers/ews-server.ts';
import { type MailServers, startMailServers } from '../../demo/servers/index.ts';
import { leaveWaiting, type WaitingMessage } from '../../demo/waiting-messages.ts';
import { createTestCertificates } from '../../support/test-certificates.ts';
import { type BothWorld, type BreakableUser } from './both-engines.ts';
import { startLoopbackCloud } from './loopback-cloud.ts';
import { DOMAIN, EXCHANGE, PASSWORDS, writeMailRegistry } from './mail-registry.ts';
import { type SilentServer, startSilentServer } from './silent-server.ts';
import { startStory } from './story-world.ts';

/** The built program with real mail servers, the cloud's stand-in and people who talk to it. */
export interface MailWorld extends BothWorld {
  readonly servers: MailServers;
  /** The Exchange server of Elsa Ex, in a world that has one. */
  readonly exchange: EwsServer | null;
  /** The mail server of Tyra Tyst. */
  readonly silent: SilentServer;
}

export interface WorldOptions {
  readonly exchange?: boolean;
  /** Handed in before the program starts. */
  readonly waiting?: readonly WaitingMessage[];
  /** Starts an engine of its own process for this registry; gives the bot's settings for it. */
  readonly engine?: (registryFile: string) => Promise<Record<string, string>>;
}

/** For one test: stops when the test ends, however it ends. */
export async function openMailWorld(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  has: WorldOptions = {},
): Promise<MailWorld> {
  const world = await startMailWorld(has);
  onTestFinished(() => world.stop());
  return world;
}

export async function startMailWorld(has: WorldOptions = {}): Promise<MailWorld> {
  const [cloud, silent, servers, exchange] = await Promise.all([
    startLoopbackCloud(),
    startSilentServer(),
    startMailServers({ domain: DOMAIN, users: PASSWORDS }),
    has.exchange === true ? startExchange() : null,
  ]);
  const file = await writeMailRegistry(servers, silent.port, exchange);
  const settings = has.engine === undefined ? { ENGINE_FILE: file } : await has.engine(file);
  const kept = has.waiting === undefined ? {} : { DATA_DIR: await dataWith(has.waiting) };
  const story = await startStory({
    cloud,
    settings: { ...settings, ...kept },
    async stop() {
      await Promise.all([servers.stop(), silent.stop(), exchange?.stop()]);
    },
  });
  return Object.assign(story, {
    servers,
    exchange,
    silent,
    ids: { 'Erik Ek': 'erik', 'Nils Ny': 'nils', Kundtjänst: 'kundtjanst', 'Eva Holm': 'eva' },
    breaks: (user: BreakableUser) => servers.password(user, 'changed on the server'),
    secrets: () => [...Object.values(PASSWORDS), servers.application.clientSecret, 'demo-token-'],
    // Each test sends one message to itself.
    attempts: (user: BreakableUser) => servers.messages(user).length,
    mends: (user: BreakableUser) => servers.password(user, PASSWORDS[user]),
  });
}

async function dataWith(waiting: readonly WaitingMessage[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'medic-'));
  await leaveWaiting(directory, waiting);
  return directory;
}

async function startExchange(): Promise<EwsServer> {
  const { passwords, elsa, service } = EXCHANGE;
  return startEwsServer({
    certificates: await createTestCertificates(),
    users: { [elsa]: passwords['elsa.ex'], [service.address]: passwords.service },
    serviceAccount: service.address,
  });
}
