import { createTestCertificates } from '../../support/test-certificates.ts';
import { type DemoApplication, type GraphReplica, startGraphReplica } from './graph-replica.ts';
import { startImapServer } from './imap-server.ts';
import type { DemoCertificate, MailServer } from './mail-server.ts';
import { createMailStore, type DemoAccount, type StoredMessage } from './mail-store.ts';
import { startPop3Server } from './pop3-server.ts';
import { startSmtpServer } from './smtp-server.ts';

export interface MailServersOptions {
  /** User name and password of each mailbox: a local part of `domain`, or a whole address. */
  readonly domain: string;
  readonly users: Readonly<Record<string, string>>;
  /** What the Graph replica accepts. */
  readonly application?: DemoApplication;
}

/** The demo's mail servers on loopback: real protocol sessions, mail kept in memory. */
export interface MailServers {
  readonly host: 'localhost';
  /** PEM of the authority that issued the good certificates. */
  readonly certificateAuthority: string;
  readonly imap: MailServer;
  readonly pop3: MailServer;
  readonly smtp: MailServer;
  readonly graph: GraphReplica;
  readonly application: DemoApplication;
  addressOf(user: string): string;
  /** From now on the servers accept this password, and no other, for the user. */
  password(user: string, value: string): void;
  certificate(kind: DemoCertificate): void;
  down(): Promise<void>;
  up(): Promise<void>;
  messages(user: string): readonly StoredMessage[];
  /** So many small messages arrive at once. */
  receive(user: string, count: number): void;
  stop(): Promise<void>;
}

const DEMO_APPLICATION: DemoApplication = {
  tenantId: '6f2d3c1e-0000-4000-8000-000000000001',
  clientId: '6f2d3c1e-0000-4000-8000-000000000002',
  clientSecret: 'demo-client-secret',
};

export async function startMailServers({
  domain,
  users,
  application = DEMO_APPLICATION,
}: MailServersOptions): Promise<MailServers> {
  const addressOf = (user: string): string => (user.includes('@') ? user : `${user}@${domain}`);
  const accounts: readonly DemoAccount[] = Object.entries(users).map(([user, password]) => ({
    address: addressOf(user),
    password,
  }));
  const store = createMailStore(accounts);
  const certificates = await createTestCertificates();
  const imap = await startImapServer(store, certificates);
  const pop3 = await startPop3Server(store, certificates);
  const smtp = await startSmtpServer(store, certificates);
  const graph = await startGraphReplica(store, certificates, application);
  const all = [imap, pop3, smtp, graph];
  const down = async (): Promise<void> => {
    await Promise.all(all.map((server) => server.down()));
  };
  return {
    host: 'localhost',
    certificateAuthority: certificates.authority,
    imap,
    pop3,
    smtp,
    graph,
    application,
    addressOf,
    password: (user, value) => store.setPassword(addressOf(user), value),
    certificate(kind) {
      for (const server of all) server.certificate(kind);
    },
    down,
    async up() {
      await Promise.all(all.map((server) => server.up()));
    },
    messages: (user) => store.messages(addressOf(user)),
    receive(user, count) {
      const raw = Buffer.from(
        'From: newsletter@fabrikam.example\r\nSubject: News\r\n\r\nNews.\r\n',
      );
      for (let each = 0; each < count; each += 1) store.deliver(addressOf(user), raw);
    },
    stop: down,
  };
}
