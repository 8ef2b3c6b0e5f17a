import { findPerson } from './people.ts';
import type { EwsServer } from './servers/ews-server.ts';
import type { MailServers } from './servers/index.ts';

export const DOMAIN = 'contoso.example';

export interface DemoServers {
  readonly servers: MailServers;
  readonly legacy: MailServers;
  readonly exchange: EwsServer;
  /** Windows name of the account that acts as every mailbox of Exchange Server. */
  readonly serviceUser: string;
}

/** What the engine is told of the demo's world: organizations, profiles and mailboxes. */
export function demoRegistry({ servers, legacy, exchange, serviceUser }: DemoServers): object {
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
  const plain = (server: MailServers['imap']): object => ({
    host: servers.host,
    port: server.ports.starttls,
    tls: 'none',
  });
  const signIn = (user: string): object => ({
    userName: `${user}@${DOMAIN}`,
    password: { file: `secrets/${user}` },
  });
  const exchangeServer = (id: string, organization: string, name: string): object => ({
    id,
    organization,
    name,
    serverType: 'exchange-server',
    exchangeVersion: '2019',
    owner: owner('Anna'),
    replica: true,
    autodiscover: true,
    autodiscoverService: exchange.autodiscoverUrl,
    authentication: 'ntlm',
    impersonation: true,
    credentialSource: 'profile',
    credentials: { userName: serviceUser, password: { file: 'secrets/exchange-service' } },
    certificateAuthorities: 'exchange-ca.pem',
  });
  const graphUrl = `https://${servers.host}:${String(servers.graph.port)}`;
  return {
    organizations: [
      { id: 'contoso', name: 'Contoso', deployment: 'on-premises' },
      {
        id: 'contoso-branch',
        name: 'Contoso Filial',
        deployment: 'on-premises',
        // Servers without TLS, but no credentials to them.
        tls: { allowUnencryptedServers: true },
      },
      { id: 'contoso-test', name: 'Contoso Test', deployment: 'on-premises' },
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
        id: 'contoso-printers',
        organization: 'contoso-branch',
        name: 'Skrivare utan TLS',
        serverType: 'pop3-smtp',
        owner: owner('Anna'),
        incoming: plain(servers.pop3),
        outgoing: plain(servers.smtp),
        credentialSource: 'mailbox',
        certificateAuthorities: 'ca.pem',
      },
      exchangeServer('contoso-exchange', 'contoso', 'Contoso Exchange'),
      exchangeServer('test-exchange', 'contoso-test', 'Contoso Exchange (test)'),
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
        enabled: ['incoming', 'outgoing'],
      },
      {
        id: 'nora',
        name: 'Nora Ny',
        address: `nora.ny@${DOMAIN}`,
        owner: owner('Lena'),
        profile: 'contoso-imap',
        credentials: signIn('nora.ny'),
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
        id: 'skrivaren',
        name: 'Skrivaren',
        address: `skrivaren@${DOMAIN}`,
        kind: 'queue',
        owner: owner('Erik'),
        profile: 'contoso-printers',
        credentials: signIn('skrivaren'),
        approval: 'approved',
      },
      {
        id: 'karin',
        name: 'Karin Berg',
        address: `karin.berg@${DOMAIN}`,
        owner: owner('Karin'),
        profile: 'contoso-exchange',
        methods: { act: 'server-side-synchronization' },
        approval: 'approved',
        enabled: ['incoming', 'outgoing', 'act'],
      },
      {
        id: 'karin-test',
        name: 'Karin Berg (test)',
        address: `karin.berg@${DOMAIN}`,
        owner: owner('Karin'),
        profile: 'test-exchange',
        methods: { act: 'server-side-synchronization' },
        approval: 'approved',
      },
      {
        id: 'sara',
        name: 'Sara Sund',
        address: `sara.sund@${DOMAIN}`,
        owner: owner('Erik'),
        profile: 'contoso-exchange',
        methods: { act: 'server-side-synchronization' },
        approval: 'approved',
        enabled: ['incoming', 'outgoing', 'act'],
      },
      {
        id: 'gustav',
        name: 'Gustav Global',
        address: `gustav.global@${DOMAIN}`,
        owner: owner('Gustav'),
        profile: 'exchange-online',
        methods: { act: 'server-side-synchronization' },
        approval: 'approved',
        enabled: ['incoming', 'outgoing', 'act'],
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
