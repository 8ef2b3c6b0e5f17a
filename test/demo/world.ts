import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findPerson } from './people.ts';
import { type MailServers, startMailServers } from './servers/index.ts';

const DOMAIN = 'contoso.example';
const PASSWORDS = {
  'erik.ek': 'correct horse',
  'anna.admin': 'battery staple',
  kundtjanst: 'open sesame',
  'olle.olsson': 'rosebud',
  'lena.lund': 'swordfish',
  'eva.holm': 'not used: server to server',
} as const;
const LEGACY_PASSWORDS = { fakturor: 'gammal nyckel' } as const;

/** The mail servers of the demo and the registry file that describes them to the engine. */
export interface DemoWorld {
  readonly engineFile: string;
  /** Healthy when the demo starts; break commands act on these. */
  readonly servers: MailServers;
  /** A POP3 server whose certificate ended in 2021. */
  readonly legacy: MailServers;
  /** What the servers accept for a user when nobody has broken it. */
  readonly passwordOf: (user: keyof typeof PASSWORDS) => string;
  stop(): Promise<void>;
}

export async function startWorld(directory: string): Promise<DemoWorld> {
  const servers = await startMailServers({ domain: DOMAIN, users: PASSWORDS });
  const legacy = await startMailServers({ domain: DOMAIN, users: LEGACY_PASSWORDS });
  legacy.certificate('expired');
  await mkdir(join(directory, 'secrets'), { recursive: true, mode: 0o700 });
  const secrets: Record<string, string> = {
    ...PASSWORDS,
    ...LEGACY_PASSWORDS,
    'graph-client': servers.application.clientSecret,
  };
  for (const [name, value] of Object.entries(secrets)) {
    await writeFile(join(directory, 'secrets', name), value, { mode: 0o600 });
  }
  await writeFile(join(directory, 'ca.pem'), servers.certificateAuthority);
  await writeFile(join(directory, 'legacy-ca.pem'), legacy.certificateAuthority);
  const engineFile = join(directory, 'mailboxes.yaml');
  await writeFile(engineFile, stringify(registry(servers, legacy)));
  return {
    engineFile,
    servers,
    legacy,
    passwordOf: (user) => PASSWORDS[user],
    async stop() {
      await Promise.all([servers.stop(), legacy.stop()]);
    },
  };
}

function registry(servers: MailServers, legacy: MailServers): object {
  const owner = (name: string): string | null => findPerson(name)?.id ?? null;
  const implicit = (server: MailServers['imap']): object => ({
    host: servers.host,
    port: server.ports.implicit,
    tls: 'implicit',
  });
  const starttls = (server: MailServers['imap']): object => ({
    host: servers.host,
    port: server.ports.starttls,
    tls: 'starttls',
  });
  const signIn = (user: string): object => ({
    userName: `${user}@${DOMAIN}`,
    password: { file: `secrets/${user}` },
  });
  const graphUrl = `https://${servers.host}:${String(servers.graph.port)}`;
  return {
    organizations: [
      { id: 'contoso', name: 'Contoso', deployment: 'on-premises' },
      { id: 'contoso-online', name: 'Contoso Online', deployment: 'online' },
    ],
    profiles: [
      {
        id: 'contoso-imap',
        organization: 'contoso',
        name: 'Contoso IMAP',
        serverType: 'imap-smtp',
        owner: owner('Anna'),
        incoming: implicit(servers.imap),
        outgoing: starttls(servers.smtp),
        credentialSource: 'mailbox',
        certificateAuthorities: 'ca.pem',
      },
      {
        id: 'contoso-pop3',
        organization: 'contoso',
        name: 'Contoso POP3',
        serverType: 'pop3-smtp',
        owner: owner('Karin'),
        incoming: starttls(servers.pop3),
        outgoing: implicit(servers.smtp),
        credentialSource: 'mailbox',
        certificateAuthorities: 'ca.pem',
      },
      {
        id: 'old-mail',
        organization: 'contoso',
        name: 'Gamla e-postservern',
        serverType: 'pop3-smtp',
        owner: owner('Karin'),
        incoming: implicit(legacy.pop3),
        outgoing: implicit(legacy.smtp),
        credentialSource: 'mailbox',
        certificateAuthorities: 'legacy-ca.pem',
      },
      {
        id: 'exchange-online',
        organization: 'contoso-online',
        name: 'Microsoft Exchange Online',
        serverType: 'exchange-online',
        owner: owner('Gustav'),
        replica: true,
        certificateAuthorities: 'ca.pem',
        credentials: {
          tenantId: servers.application.tenantId,
          clientId: servers.application.clientId,
          clientSecret: { file: 'secrets/graph-client' },
          authority: graphUrl,
          graph: graphUrl,
        },
      },
    ],
    mailboxes: [
      {
        id: 'erik',
        name: 'Erik Ek',
        address: `erik.ek@${DOMAIN}`,
        owner: owner('Erik'),
        profile: 'contoso-imap',
        credentials: signIn('erik.ek'),
        approval: 'approved',
        enabled: ['incoming', 'outgoing'],
      },
      {
        id: 'lena',
        name: 'Lena Lund',
        address: `lena.lund@${DOMAIN}`,
        owner: owner('Lena'),
        profile: 'contoso-imap',
        credentials: signIn('lena.lund'),
        approval: 'approved',
        enabled: ['incoming', 'outgoing'],
      },
      {
        id: 'anna',
        name: 'Anna Admin',
        address: `anna.admin@${DOMAIN}`,
        owner: owner('Anna'),
        profile: 'contoso-imap',
        credentials: signIn('anna.admin'),
        approval: 'approved',
      },
      {
        id: 'kundtjanst',
        name: 'Kundtjänst',
        address: `kundtjanst@${DOMAIN}`,
        kind: 'queue',
        owner: owner('Erik'),
        profile: 'contoso-imap',
        credentials: signIn('kundtjanst'),
        approval: 'pending',
      },
      {
        id: 'olle',
        name: 'Olle Olsson',
        address: `olle.olsson@${DOMAIN}`,
        owner: owner('Olle'),
        profile: 'contoso-pop3',
        credentials: signIn('olle.olsson'),
        approval: 'approved',
      },
      {
        id: 'fakturor',
        name: 'Fakturor',
        address: `fakturor@${DOMAIN}`,
        kind: 'queue',
        owner: owner('Olle'),
        profile: 'old-mail',
        credentials: signIn('fakturor'),
        approval: 'approved',
      },
      {
        id: 'eva',
        name: 'Eva Holm',
        address: `eva.holm@${DOMAIN}`,
        owner: owner('Lena'),
        profile: 'exchange-online',
        methods: { act: 'server-side-synchronization' },
        approval: 'pending',
      },
    ],
  };
}
