import type { Objection } from '../../domain/unsupported-rules.ts';

export interface SupportText {
  /** Of the profile, or of the mailbox where the rule asks about one. */
  readonly field: string;
  readonly what: string;
  readonly remedy: string;
  /** Where the field is a location: an address has no mode of TLS. */
  readonly remedyOfLocation?: string;
}

/**
 * What an administrator reads who wrote such a thing into the registry file; null where the file has
 * no words for it. In English like every problem of the file: its reader has the file before them.
 */
export const SUPPORT_TEXTS: Readonly<Record<Objection, SupportText | null>> = {
  'mixed-servers': {
    field: 'outgoing',
    what: 'not supported: a mix of Exchange/SMTP or POP3/Exchange',
    remedy: 'Receive and send by one kind of server.',
  },
  'exchange-too-old': {
    field: 'exchangeVersion',
    what: 'not supported: Exchange Server 2003 and 2007',
    remedy: 'Upgrade the server.',
  },
  'exchange-too-old-online': {
    field: 'exchangeVersion',
    what: 'not supported by Dynamics 365 online: Exchange Server before 2013 SP1',
    remedy: 'Upgrade the server.',
  },
  fips: {
    field: 'incoming.host',
    what: 'the organization is configured for FIPS 140-2, and this service does not comply',
    remedy: 'Use a mail server that complies.',
  },
  'not-fips-online': {
    field: 'incoming.host',
    what: 'Dynamics 365 online supports no MSN, Outlook.com or Windows Live Mail: they do not comply with FIPS 140-2',
    remedy: 'Use a mail server that complies.',
  },
  'act-without-exchange': {
    field: 'methods.act',
    what: 'POP3 and IMAP carry no appointments, contacts and tasks (8005E247)',
    remedy: 'Write none, or outlook.',
  },
  'act-of-queue': {
    field: 'methods.act',
    what: 'queue mailboxes have no appointments, contacts and tasks',
    remedy: 'Write none.',
  },
  'act-by-delegation': {
    field: 'methods.act',
    what: 'not supported: appointments, contacts and tasks by delegation',
    remedy: 'Set impersonation of its profile to true, or write none.',
  },
  'act-methods-mixed': null,
  'exchange-online-credentials': {
    field: 'credentialSource',
    what: 'not supported with Exchange Online: user, queue or profile credentials',
    remedy: 'Write server-to-server.',
  },
  'exchange-online-impersonation': {
    field: 'impersonation',
    what: 'not recommended with Exchange Online: impersonation',
    remedy: 'Write false.',
  },
  'exchange-online-fixed-location': {
    field: 'autodiscover',
    what: 'not recommended with Exchange Online: a fixed server location',
    remedy: 'Write true.',
  },
  'exchange-online-other-profile': {
    field: 'serverType',
    what: 'not supported: a profile of another kind for Exchange Online',
    remedy: 'Write exchange-online.',
  },
  'exchange-online-ports': {
    field: 'credentials.graph',
    what: 'not recommended with Exchange Online: other network ports than the default',
    remedy: 'Leave the port out.',
  },
  'exchange-online-other-tenant': {
    field: 'credentials.tenantId',
    what: 'supported in part only: Exchange Online in another tenant than the organization',
    remedy: 'Use the tenant of the organization, or do without Dynamics 365 App for Outlook.',
  },
  'exchange-online-profile-elsewhere': {
    field: 'serverType',
    what: 'not supported: an Exchange Online profile for a server that is not Exchange Online',
    remedy: 'Choose the kind of profile by where the mailboxes are.',
  },
  'multi-factor-to-exchange-server': null,
  'multi-factor-from-on-premises': null,
  'unencrypted-online': {
    field: 'tls',
    what: 'Dynamics 365 online reaches mail servers over TLS only',
    remedy: 'Write implicit or starttls.',
    remedyOfLocation: 'Use https.',
  },
  'unencrypted-not-allowed': {
    field: 'tls',
    what: 'the organization allows no server without TLS',
    remedy:
      'Write implicit or starttls, or set tls.allowUnencryptedServers of the organization (AllowNonSSLEmail).',
    remedyOfLocation:
      'Use https, or set tls.allowUnencryptedServers of the organization (AllowNonSSLEmail).',
  },
  'insecure-credentials-not-allowed': {
    field: 'tls',
    what: 'without TLS no credentials will be sent: every attempt is going to fail',
    remedy:
      'Write implicit or starttls, or set tls.allowCredentialsOverInsecureChannel of the organization (AllowCredentialsEntryViaInsecureChannels).',
    remedyOfLocation:
      'Use https, or set tls.allowCredentialsOverInsecureChannel of the organization (AllowCredentialsEntryViaInsecureChannels).',
  },
  unencrypted: {
    field: 'tls',
    what: 'not recommended: a server without TLS, where everybody on the way can read along',
    remedy: 'Write implicit or starttls.',
    remedyOfLocation: 'Use https.',
  },
  'ports-closed': null,
  'traffic-inspected': null,
  'bulk-mail': null,
  'encrypted-messages': null,
  'custom-provider': null,
  'not-listed': {
    field: 'incoming.host',
    what: "not in Microsoft's table of supported systems",
    remedy: 'Use a listed system, or know that Microsoft gives no support for this one.',
  },
};
