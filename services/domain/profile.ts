import type { OrganizationId, ProfileId, UserId } from './ids.ts';
import type { ExchangeVersion } from './mail-service.ts';
import type { Direction } from './mailbox.ts';

export type ServerType = 'exchange-online' | 'exchange-server' | 'pop3-smtp' | 'imap-smtp';
export type Protocol = 'imap' | 'pop3' | 'smtp' | 'ews' | 'graph';

/** `implicit` is TLS from the first byte; `starttls` upgrades and never falls back; `none` is plain text. */
export type TlsMode = 'implicit' | 'starttls' | 'none';

/** Where the user name and password come from; `server-to-server` needs none (Exchange Online). */
export type CredentialSource = 'profile' | 'mailbox' | 'server-to-server';

export interface Endpoint {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
}

/** An email server profile: how a group of mailboxes reaches its server. Holds no secret. */
export interface EmailServerProfile {
  readonly id: ProfileId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly serverType: ServerType;
  /** Of Exchange Server, where somebody said. */
  readonly exchangeVersion?: ExchangeVersion;
  /** The tenant of Exchange Online; mailboxes of another one are supported in part only. */
  readonly tenantId?: string;
  /** Where mail is read. Graph and EWS serve all three directions from here. */
  readonly incoming: Endpoint;
  readonly outgoing: Endpoint;
  /** The address of Exchange Web Services, where somebody named it and Auto Discover is off. */
  readonly location?: string;
  readonly credentialSource: CredentialSource;
  /** Of the outgoing server, if it has settings of its own (`usesamesettingsforoutgoingconnections` off). */
  readonly outgoingCredentialSource?: Exclude<CredentialSource, 'server-to-server'>;
  readonly autodiscover: boolean;
  readonly impersonation: boolean;
  /** Is told about profile-level failures and must act on them. */
  readonly ownerId: UserId | null;
  /** Tell the owner when over half of its mailboxes fail (`sendemailalert`); absent: yes. */
  readonly majorEventsToOwner?: boolean;
  /** True for the demo's stand-in of Microsoft 365; its cards say so. */
  readonly replica: boolean;
}

/** Where a direction's user name and password come from. */
export function credentialSourceFor(
  {
    credentialSource,
    outgoingCredentialSource,
  }: Pick<EmailServerProfile, 'credentialSource' | 'outgoingCredentialSource'>,
  direction: Direction,
): CredentialSource {
  return direction === 'outgoing'
    ? (outgoingCredentialSource ?? credentialSource)
    : credentialSource;
}
