import type { QuotaUse, ServerCertificate } from '../domain/early-warning.ts';
import type { Failure } from '../domain/failure.ts';
import type { MailboxId } from '../domain/ids.ts';
import type { Direction } from '../domain/mailbox.ts';
import type { Endpoint, Protocol } from '../domain/profile.ts';
import type { StageResult } from '../domain/test-run.ts';
import type { Instant } from '../domain/time.ts';
import type { Secret } from '../observability/index.ts';
import type { TokenSource } from './token-source.ts';

export type ProbeCredentials =
  | { readonly kind: 'password'; readonly userName: string; readonly password: Secret }
  | { readonly kind: 'bearer'; readonly userName: string; readonly accessToken: Secret }
  /** Exchange Online: client credentials of the bot's own Entra application. */
  | {
      readonly kind: 'client-credentials';
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: Secret;
      /** Base URLs, so that a national cloud or the demo's replica can stand in. */
      readonly authority: string;
      readonly graph: string;
    }
  /** IMAP, POP3 and SMTP: a token is got for each session, or one that is still good is taken. */
  | { readonly kind: 'oauth'; readonly userName: string; readonly source: TokenSource<Secret> }
  | { readonly kind: 'none' };

/** How an Exchange server is found and spoken to; only EWS asks. */
export interface ExchangeAccess {
  /** Of the service; `null` leaves it to autodiscover. */
  readonly url: string | null;
  /** An autodiscover service that is asked before those that the mailbox's domain suggests. */
  readonly autodiscoverUrl: string | null;
  readonly authentication: 'basic' | 'ntlm' | 'oauth';
  /** The service account acts as the mailbox; without it the mailbox is opened by its address. */
  readonly impersonation: boolean;
  /** The version of the schema that is spoken; a server refuses one that is newer than itself. */
  readonly schema: 'Exchange2010' | 'Exchange2010_SP2' | 'Exchange2013' | 'Exchange2013_SP1';
}

export interface ProbeRequest {
  readonly direction: Direction;
  readonly endpoint: Endpoint;
  readonly exchange?: ExchangeAccess;
  /** Whose session it is. No probe reads it: one address may be a mailbox of two organizations. */
  readonly mailboxId: MailboxId;
  /** The mailbox that is tested: its SMTP address. */
  readonly address: string;
  readonly credentials: ProbeCredentials;
  /** A host of it was named by a person and not by who runs this machine: see `isOwnAddress`. */
  readonly onlyOtherMachines?: boolean;
  /** Additional certificate authorities in PEM, beside those of the system. */
  readonly certificateAuthorities: readonly string[];
  /** On-premises only, and only with the documented settings (organization.tls). */
  readonly allowPlaintextCredentials: boolean;
  /** An outgoing test sends this message to the mailbox itself; null only signs in. */
  readonly testMessage: {
    readonly messageId: string;
    readonly subject: string;
    readonly text: string;
  } | null;
  /** What the last look at this inbox ended with: new messages are those after it. Null: the first look. */
  readonly lastSeenUid?: string | null;
  /** Ask how much room is left, where the protocol can say (IMAP QUOTA); seldom, since it never hurries. */
  readonly askQuota?: boolean;
  /** The Message-ID of a message that has just been sent: is it among the newest of the inbox? */
  readonly lookFor?: string;
  /** Ask when the mailbox's own password ends, where the protocol can say (EWS); as seldom. */
  readonly askPasswordEnd?: boolean;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Called after every stage, so that a card can show progress. */
  readonly onStage: (stage: StageResult) => void;
}

/** What a session saw that foretells trouble; a session without a network has seen nothing. */
interface Seen {
  readonly certificates?: readonly ServerCertificate[];
}

export type ProbeOutcome =
  | (Seen & {
      readonly outcome: 'passed';
      readonly stages: readonly StageResult[];
      /**
       * Where the next look begins; each protocol has its own form and reads no other's. Null where
       * there is nothing to remember: the former one stays.
       */
      readonly lastSeenUid: string | null;
      readonly messageCount: number | null;
      /** The answer to `lookFor`; absent where nobody asked, or the server has no way to tell. */
      readonly found?: boolean;
      /** Messages since the request's `lastSeenUid`, listed and not fetched; null where that is not known. */
      readonly newMessages?: number | null;
      /** Where it was asked for and the server keeps any. */
      readonly quotas?: readonly QuotaUse[];
      /** Where it was asked for and the server said. */
      readonly passwordEndsAt?: Instant;
    })
  | (Seen & {
      readonly outcome: 'failed';
      readonly stages: readonly StageResult[];
      readonly failure: Failure;
    })
  /** The caller's signal was raised; nothing is known about the server. */
  | { readonly outcome: 'cancelled'; readonly stages: readonly StageResult[] };

/** One protocol session from name resolution to an exchanged command. Never throws for what a server does. */
export interface Probe {
  readonly protocol: Protocol;
  /** It answers `lookFor`. */
  readonly findsMessages?: boolean;
  run(request: ProbeRequest): Promise<ProbeOutcome>;
}

/** A protocol that can send a message in one session; SMTP, Graph and EWS. */
export interface MessageSender {
  send(
    request: Omit<ProbeRequest, 'testMessage' | 'direction' | 'askQuota' | 'askPasswordEnd'> & {
      readonly message: {
        readonly messageId: string;
        readonly subject: string;
        readonly text: string;
        readonly to: readonly string[];
      };
    },
  ): Promise<ProbeOutcome>;
}
