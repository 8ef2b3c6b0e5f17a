import type { MailboxId, ProfileId, UserId } from './ids.ts';
import type { DeliveryMethod } from './mailbox.ts';
import type { EmailServerProfile, Endpoint } from './profile.ts';
import type { SupportReason } from './supported-configuration.ts';
import type { Instant } from './time.ts';

export type ServerSide = 'incoming' | 'outgoing';
/** What of a profile can be changed with a button. */
export type ProfilePart = 'location' | ServerSide;
export type ServerAddress = Omit<Endpoint, 'protocol'>;

/** A wish to change how a profile reaches its server. None of them can lower security. */
export type ProfileChange =
  /** Auto Discover off, Exchange Web Services at this address. */
  | { readonly kind: 'fix-location'; readonly url: string }
  /** Auto Discover on again. */
  | { readonly kind: 'search-location' }
  | {
      readonly kind: 'set-endpoint';
      readonly side: ServerSide;
      readonly host: string;
      readonly port: number;
      readonly tls: 'implicit' | 'starttls';
    }
  /** Back to what was there before the first change. */
  | { readonly kind: 'undo'; readonly part: ProfilePart };

/** Of ACT, which a button may set. */
export type ActMethod = Extract<DeliveryMethod, 'none' | 'server-side-synchronization'>;

interface Made {
  /** `<profile or mailbox>:<part>` */
  readonly id: string;
  readonly at: Instant;
  readonly by: UserId;
  /** The registry has named another value since: that one counts, and this change no more. */
  readonly overruledAt: Instant | null;
}

/** A value that somebody changed with a button, and the one that it lies over. */
export type SetUpChange = Made &
  (
    | {
        readonly part: 'location';
        readonly profileId: ProfileId;
        /** Null: Auto Discover. */
        readonly over: string | null;
        readonly now: string | null;
      }
    | {
        readonly part: ServerSide;
        readonly profileId: ProfileId;
        readonly over: ServerAddress;
        readonly now: ServerAddress;
      }
    | {
        readonly part: 'act';
        readonly mailboxId: MailboxId;
        readonly over: DeliveryMethod;
        readonly now: ActMethod;
      }
    | {
        /** Whether the mailbox is synchronized at all. */
        readonly part: 'active';
        readonly mailboxId: MailboxId;
        readonly over: boolean;
        readonly now: boolean;
      }
  );
export type OfProfile = Extract<SetUpChange, { readonly profileId: ProfileId }>;

export function isOfProfile(change: SetUpChange): change is OfProfile {
  return 'profileId' in change;
}

/** What a change is refused for, with the article that explains it. */
export type ChangeObjection =
  /** Microsoft does not support what it would make. */
  | { readonly kind: 'unsupported'; readonly reason: SupportReason }
  | { readonly kind: 'not-allowed'; readonly because: NotAllowed; readonly topic: string };

export const NOT_ALLOWED = [
  /** No host name, no https address. */
  'malformed',
  /** The engine's own machine or its cloud's metadata service. */
  'own-machine',
  /** A port of another well-known service. */
  'port-of-others',
  /** This kind of server has no such setting. */
  'other-server-type',
  /** It would be less secure than now: that is done by hand, where it is documented. */
  'less-secure',
] as const;
export type NotAllowed = (typeof NOT_ALLOWED)[number];

/** A change as it would be, or was, made. */
export interface ChangedProfile {
  readonly before: EmailServerProfile;
  readonly after: EmailServerProfile;
  /** What Microsoft advises against in the set-up that it makes. */
  readonly warnings: readonly SupportReason[];
  /** As many mailboxes use the profile. */
  readonly mailboxCount: number;
}
