import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { EwsServer } from '../../demo/servers/ews-server.ts';
import type { MailServers } from '../../demo/servers/index.ts';
import { ANNA, ERIK, GUSTAV, OLLE } from './activities.ts';

export const DOMAIN = 'contoso.example';

/** User names and what the mail servers accept for them when a test begins. */
export const PASSWORDS = {
  'erik.ek': 'correct horse battery',
  'nils.ny': 'staple rosebud',
  kundtjanst: 'open sesame door',
  'eva.holm': 'not used: server to server',
  'olle.olsson': 'not used: server to server',
} as const;

/** Elsa's mailbox is on Exchange Server, where the service account acts for everybody. */
export const EXCHANGE = {
  elsa: `elsa.ex@${DOMAIN}`,
  service: { address: `service@${DOMAIN}`, userName: 'CONTOSO\\service' },
  passwords: { 'elsa.ex': 'only hers', service: 'Exchange pass phrase' },
} as const;

/** Writes the file that ENGINE_FILE names, with its secrets beside it; gives the file's path. */
export async function writeMailRegistry(
  servers: MailServers,
  silentPort: number,
  exchange: EwsServer | null,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'medic-registry-'));
  await mkdir(join(directory, 'secrets'), { mode: 0o700 });
  const secrets = {
    ...PASSWORDS,
    ...EXCHANGE.passwords,
    'graph-client': servers.application.clientSecret,
  };
  for (const [name, value] of Object.entries(secrets)) {
    await writeFile(join(directory, 'secrets', name), value, { mode: 0o600 });
  }
  await writeFile(join(directory, 'ca.pem'), servers.certificateAuthority);
  if (exchange !== null) {
    await writeFile(join(directory, 'exchange-ca.pem'), exchange.certificateAuthority);
  }
  const file = join(directory, 'mailboxes.yaml');
  await writeFile(file, stringify(registryOf(servers, silentPort, exchange)));
  return file;
}

function registryOf(servers: MailServers, silentPort: number, exchange: EwsServer | null): object {
  const { host, imap, smtp, application, graph } = servers;
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
        owner: ANNA.id,
        incoming: { host, port: imap.ports.implicit, tls: 'implicit' },
        outgoing: { host, port: smtp.ports.starttls, tls: 'starttls' },
        credentialSource: 'mailbox',
        certificateAuthorities: 'ca.pem',
      },
      {
        id: 'silent',
        organization: 'contoso',
        name: 'Silent server',
        serverType: 'imap-smtp',
        owner: ANNA.id,
        incoming: { host: '127.0.0.1', port: silentPort, tls: 'implicit' },
        outgoing: { host: '127.0.0.1', port: silentPort, tls: 'implicit' },
        credentialSource: 'mailbox',
      },
      {
        id: 'exchange-online',
        organization: 'contoso-online',
        name: 'Microsoft Exchange Online',
        serverType: 'exchange-online',
        owner: GUSTAV.id,
        replica: true,
        certificateAuthorities: 'ca.pem',
        credentials: {
          tenantId: application.tenantId,
          clientId: application.clientId,
          clientSecret: { file: 'secrets/graph-client' },
          authority: graph.baseUrl,
          graph: graph.baseUrl,
        },
      },
      ...(exchange === null ? [] : [exchangeProfile(exchange)]),
    ],
    mailboxes: [
      ...(exchange === null ? [] : [exchangeMailbox]),
      {
        ...imapMailbox('erik', 'Erik Ek', 'erik.ek'),
        owner: ERIK.id,
        approval: 'approved',
        enabled: ['incoming', 'outgoing'],
      },
      { ...imapMailbox('nils', 'Nils Ny', 'nils.ny'), owner: ERIK.id, approval: 'approved' },
      {
        ...imapMailbox('kundtjanst', 'Kundtjänst', 'kundtjanst'),
        kind: 'queue',
        owner: ERIK.id,
        approval: 'pending',
      },
      {
        ...imapMailbox('tyra', 'Tyra Tyst', 'nils.ny'),
        address: `tyra.tyst@${DOMAIN}`,
        profile: 'silent',
        owner: ERIK.id,
        approval: 'approved',
      },
      {
        id: 'eva',
        name: 'Eva Holm',
        address: `eva.holm@${DOMAIN}`,
        owner: OLLE.id,
        profile: 'exchange-online',
        methods: { act: 'server-side-synchronization' },
        approval: 'pending',
      },
      {
        // His own, by name and address: he approves it by testing it.
        id: 'olle',
        name: 'Olle Olsson',
        address: `olle.olsson@${DOMAIN}`,
        owner: OLLE.id,
        profile: 'exchange-online',
        approval: 'pending',
      },
    ],
  };
}

function exchangeProfile({ autodiscoverUrl }: EwsServer): object {
  return {
    id: 'contoso-exchange',
    organization: 'contoso',
    name: 'Contoso Exchange',
    serverType: 'exchange-server',
    owner: ANNA.id,
    autodiscoverService: autodiscoverUrl,
    credentialSource: 'profile',
    credentials: {
      userName: EXCHANGE.service.userName,
      password: { file: 'secrets/service' },
    },
    impersonation: true,
    certificateAuthorities: 'exchange-ca.pem',
  };
}

const exchangeMailbox = {
  id: 'elsa',
  name: 'Elsa Ex',
  address: EXCHANGE.elsa,
  owner: ERIK.id,
  profile: 'contoso-exchange',
  methods: { act: 'server-side-synchronization' },
  approval: 'approved',
};

function imapMailbox(id: string, name: string, user: keyof typeof PASSWORDS): object {
  return {
    id,
    name,
    address: `${user}@${DOMAIN}`,
    profile: 'contoso-imap',
    credentials: { userName: `${user}@${DOMAIN}`, password: { file: `secrets/${user}` } },
  };
}
