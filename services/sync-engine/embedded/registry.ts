import type { MailboxId, OrganizationId, ProfileId, UserId } from '../../domain/ids.ts';
import type {
  ApprovalState,
  DeliveryMethod,
  Direction,
  MailboxKind,
} from '../../domain/mailbox.ts';
import type { Organization } from '../../domain/organization.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import type { Objection } from '../../domain/unsupported-rules.ts';
import type { ExchangeAccess, TokenSource } from '../../probes/index.ts';
import type { SecretReader, SecretReference } from './secret-reader.ts';

/** How to sign in, with the secret still a reference: it is read for each attempt and never kept. */
export type CredentialReference =
  | { readonly kind: 'password'; readonly userName: string; readonly password: SecretReference }
  | {
      readonly kind: 'client-credentials';
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: SecretReference;
      readonly authority: string;
      readonly graph: string;
    }
  | {
      readonly kind: 'oauth';
      /** Null: the mailbox's own address. */
      readonly userName: string | null;
      readonly source: TokenSource<SecretReference>;
    };

/** Where in the file, what, and the article that explains it. */
export interface SetUpWarning {
  readonly path: string;
  readonly what: string;
  readonly remedy: string;
  readonly rule: Objection;
  readonly topic: string;
}

export interface RegisteredProfile {
  readonly profile: EmailServerProfile;
  readonly credentials: CredentialReference | null;
  /** Of the outgoing server, where it has its own. */
  readonly outgoingCredentials?: CredentialReference;
  /** In PEM. */
  readonly certificateAuthorities: readonly string[];
  /** Of Exchange Server. */
  readonly exchange?: ExchangeAccess;
  /** A host of it was named on a card: the engine's own machine and its cloud's services are not asked. */
  readonly onlyOtherMachines?: boolean;
}

export interface RegisteredMailbox {
  readonly id: MailboxId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly address: string;
  readonly kind: MailboxKind;
  readonly ownerId: UserId | null;
  readonly profileId: ProfileId | null;
  readonly active: boolean;
  readonly methods: Readonly<Record<Direction, DeliveryMethod>>;
  readonly credentials: CredentialReference | null;
  readonly outgoingCredentials?: CredentialReference;
  /** Counts only until the store has a state of this mailbox. */
  readonly initialApproval: ApprovalState;
  /** Directions that were enabled before this engine took over; likewise only a beginning. */
  readonly initiallyEnabled: readonly Direction[];
}

/** What an administrator configures: the engine never writes it. */
export interface Registry {
  readonly organizations: ReadonlyMap<OrganizationId, Organization>;
  readonly profiles: ReadonlyMap<ProfileId, RegisteredProfile>;
  readonly mailboxes: ReadonlyMap<MailboxId, RegisteredMailbox>;
  readonly secrets: SecretReader;
  /** What it holds that Microsoft advises against: done all the same, and said at the start. */
  readonly warnings: readonly SetUpWarning[];
}
