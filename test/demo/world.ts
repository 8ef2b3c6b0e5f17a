import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createTestCertificates } from '../support/test-certificates.ts';
import { DOMAIN, demoRegistry } from './registry.ts';
import { type EwsServer, startEwsServer } from './servers/ews-server.ts';
import { type MailServers, startMailServers } from './servers/index.ts';
import type { WaitingMessage } from './waiting-messages.ts';

const PASSWORDS = {
  'erik.ek': 'correct horse',
  'anna.admin': 'battery staple',
  kundtjanst: 'open sesame',
  'olle.olsson': 'rosebud',
  'nora.ny': 'staple rosebud',
  'lena.lund': 'swordfish',
  skrivaren: 'papper slut',
  'eva.holm': 'not used: server to server',
  'gustav.global': 'not used: server to server',
} as const;
const LEGACY_PASSWORDS = { fakturor: 'gammal nyckel' } as const;

/** Mailboxes of Exchange Server, and the account that acts as all of them. */
const EXCHANGE_ADDRESSES = [`karin.berg@${DOMAIN}`, `sara.sund@${DOMAIN}`] as const;
const SERVICE = {
  address: `dynamics@${DOMAIN}`,
  user: 'CONTOSO\\dynamics',
  password: 'personifiering',
} as const;

const DAY_MS = 24 * 3_600_000;
/** What Nora has written since her mailbox was set up, which nobody has tested and enabled. */
const WAITING = [
  [21, 'Offert 2026-087'],
  [21, 'Offert 2026-088'],
  [20, 'Påminnelse: offert 2026-087'],
  [1, 'Order 4711'],
  [0, 'Order 4712'],
] as const;

/** The mail servers of the demo and the registry file that describes them to the engine. */
export interface DemoWorld {
  readonly engineFile: string;
  /** Healthy when the demo starts; break commands act on these. */
  readonly servers: MailServers;
  /** A POP3 server whose certificate ended in 2021. */
  readonly legacy: MailServers;
  /** Contoso's Exchange Server, a stand-in as its card says. */
  readonly exchange: EwsServer;
  readonly exchangeAddresses: readonly string[];
  readonly serviceAccount: string;
  readonly servicePassword: string;
  /** Messages that have not gone when the demo starts. */
  readonly waiting: readonly WaitingMessage[];
  /** What the servers accept for a user when nobody has broken it. */
  readonly passwordOf: (user: keyof typeof PASSWORDS) => string;
  stop(): Promise<void>;
}

export async function startWorld(directory: string): Promise<DemoWorld> {
  const servers = await startMailServers({ domain: DOMAIN, users: PASSWORDS });
  const legacy = await startMailServers({ domain: DOMAIN, users: LEGACY_PASSWORDS });
  legacy.certificate('expired');
  const exchange = await startEwsServer({
    certificates: await createTestCertificates(),
    users: {
      ...Object.fromEntries(EXCHANGE_ADDRESSES.map((address) => [address, 'not used'])),
      [SERVICE.address]: SERVICE.password,
    },
    serviceAccount: SERVICE.address,
  });
  await mkdir(join(directory, 'secrets'), { recursive: true, mode: 0o700 });
  const secrets: Record<string, string> = {
    ...PASSWORDS,
    ...LEGACY_PASSWORDS,
    'graph-client': servers.application.clientSecret,
    'exchange-service': SERVICE.password,
  };
  for (const [name, value] of Object.entries(secrets)) {
    await writeFile(join(directory, 'secrets', name), value, { mode: 0o600 });
  }
  await writeFile(join(directory, 'ca.pem'), servers.certificateAuthority);
  await writeFile(join(directory, 'legacy-ca.pem'), legacy.certificateAuthority);
  await writeFile(join(directory, 'exchange-ca.pem'), exchange.certificateAuthority);
  const engineFile = join(directory, 'mailboxes.yaml');
  await writeFile(
    engineFile,
    stringify(demoRegistry({ servers, legacy, exchange, serviceUser: SERVICE.user })),
  );
  return {
    engineFile,
    servers,
    legacy,
    exchange,
    exchangeAddresses: EXCHANGE_ADDRESSES,
    serviceAccount: SERVICE.address,
    servicePassword: SERVICE.password,
    waiting: WAITING.map(([daysAgo, subject]) => ({
      mailboxId: 'nora',
      from: `nora.ny@${DOMAIN}`,
      to: `erik.ek@${DOMAIN}`,
      subject,
      submittedAt: new Date(Date.now() - daysAgo * DAY_MS).toISOString(),
    })),
    passwordOf: (user) => PASSWORDS[user],
    async stop() {
      await Promise.all([servers.stop(), legacy.stop(), exchange.stop()]);
    },
  };
}
