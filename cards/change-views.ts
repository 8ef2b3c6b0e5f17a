import type { EmailServerProfile } from '../services/domain/profile.ts';
import type {
  ActMethod,
  NotAllowed,
  ProfileChange,
  ProfilePart,
  SetUpChange,
} from '../services/domain/set-up-change.ts';
import type { SupportReason } from '../services/domain/supported-configuration.ts';
import type { MailboxView } from './views.ts';

/** How a mailbox's profile reaches its server, and what somebody changed about it. */
export interface ProfileView {
  readonly mailbox: MailboxView;
  readonly profile: EmailServerProfile;
  readonly ownerName: string | null;
  readonly changes: readonly { readonly change: SetUpChange; readonly byName: string }[];
  /** This viewer may change it; asked again at the click. */
  readonly mayChange: boolean;
}

export interface Explained {
  readonly topic: string;
  readonly title: string;
}

/** Why a wish was not done; the form says it, or a card of its own. */
export type ChangeTrouble =
  | { readonly kind: 'not-allowed'; readonly because: NotAllowed; readonly article: Explained }
  | { readonly kind: 'unsupported'; readonly article: Explained };

export interface ChangeFormView {
  readonly mailbox: MailboxView;
  readonly profile: EmailServerProfile;
  readonly part: ProfilePart;
  /** What stands in the fields. */
  readonly typed: { readonly url: string; readonly host: string; readonly port: string };
  /** `993 implicit`, the choice that is marked. */
  readonly chosen: string;
  readonly choices: readonly { readonly port: number; readonly tls: 'implicit' | 'starttls' }[];
  readonly trouble: ChangeTrouble | null;
}

/** A change before it is made. */
export interface ChangePreviewView {
  readonly mailbox: MailboxView;
  readonly part: ProfilePart;
  readonly change: ProfileChange;
  readonly before: EmailServerProfile;
  readonly after: EmailServerProfile;
  readonly warnings: readonly (Explained & Pick<SupportReason, 'rule'>)[];
  readonly mailboxCount: number;
  /** What the part was when this was drawn. */
  readonly seen: string;
  readonly pressKey: string;
  /** Somebody changed it since the card before was drawn. */
  readonly overtaken: boolean;
}

export interface MethodPreviewView {
  readonly mailbox: MailboxView;
  readonly method: ActMethod | 'as-registered';
  readonly pressKey: string;
}

export interface ChangeRefusedView {
  readonly mailbox: MailboxView;
  readonly trouble: ChangeTrouble;
}
