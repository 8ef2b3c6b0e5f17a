import type { Alert } from '../domain/alert.ts';
import type { AlertQuery, WallAlert } from '../domain/alert-wall.ts';
import type { AppointmentForms } from '../domain/appointment-forms.ts';
import type { EarlyWarning } from '../domain/early-warning.ts';
import type { LimitUse } from '../domain/exchange-online-limits.ts';
import type { FailedItems } from '../domain/failed-items.ts';
import type { MailboxId, OrganizationId, ProfileId, TestRunId, UserId } from '../domain/ids.ts';
import type { DeliveryMethod, Mailbox } from '../domain/mailbox.ts';
import type { Organization } from '../domain/organization.ts';
import type { OutgoingMessage, PendingReason, WaitingDay } from '../domain/outgoing-message.ts';
import type { EmailServerProfile } from '../domain/profile.ts';
import type { SeenServer } from '../domain/server-sight.ts';
import type {
  ActMethod,
  ChangedProfile,
  ChangeObjection,
  ProfileChange,
  ProfilePart,
  SetUpChange,
} from '../domain/set-up-change.ts';
import type { SupportReason } from '../domain/supported-configuration.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import type { TestRun } from '../domain/test-run.ts';
import type { Instant } from '../domain/time.ts';
import type { Transaction } from '../store/index.ts';
import type { PerformanceQueries } from './performance-queries.ts';

/** Who acts. Dynamics approvals run as this person: their token, when the system of record wants it. */
export interface Actor {
  readonly userId: UserId;
  /**
   * Delegated token for a resource (`https://contoso.crm4.dynamics.com`); absent where the person
   * has not signed in, or need not. An engine that wants one and finds none answers
   * `sign-in-required`. Never kept: ask again for each request.
   */
  readonly token?: (resource: string, signal: AbortSignal) => Promise<string>;
}

/** Every action carries these. The same key twice has one effect and the same answer. */
export interface ActionContext {
  readonly actor: Actor;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  /**
   * The actor may approve the address of this very mailbox by testing it (`maySelfApprove`); the
   * caller has looked. Test & enable then approves instead of answering `approval-missing`.
   */
  readonly selfApproval?: boolean;
  /**
   * Of Test & enable: "Sync items with Exchange from this Dynamics 365 organization only, even if
   * Exchange was set to sync with a different organization" (`orgmarkedasprimaryforexchangesync`).
   * When a direction passes, mailboxes of the same address in other organizations stop.
   */
  readonly markAsPrimary?: boolean;
}

/** What the system of record says that the actor lacks, whatever the directory knows of them. */
type Lacking =
  /** Global or Exchange administrator in Microsoft 365, or delegated mailbox approver. */
  | 'office-administrator'
  /** A privilege of a security role. */
  | 'privilege'
  /** Not a user there, disabled, or without any role. */
  | 'access';

export type ActionRefusal =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'approval-missing' }
  | { readonly kind: 'mailbox-inactive' }
  | { readonly kind: 'profile-missing' }
  /**
   * The system of record said that it was done, and read back, nothing is other than before: Dynamics
   * 365 does so with approvals that do not count.
   */
  | { readonly kind: 'no-effect' }
  | { readonly kind: 'not-permitted'; readonly lacks: Lacking; readonly reply: string }
  /** The system of record wants the actor's own token and there is none; nothing was done. */
  | { readonly kind: 'sign-in-required' }
  /** The system of record said no in its own words (already escaped nowhere: treat as hostile text). */
  | { readonly kind: 'refused'; readonly reply: string };

export type TestAndEnableAnswer =
  | { readonly kind: 'started'; readonly testRunId: TestRunId }
  /** Somebody's test of this mailbox is running already. */
  | { readonly kind: 'already-running'; readonly testRunId: TestRunId }
  | ActionRefusal;

export type ApproveAnswer =
  | { readonly kind: 'approved'; readonly mailbox: Mailbox }
  | { readonly kind: 'already-approved'; readonly mailbox: Mailbox }
  | ActionRefusal;

export type RejectAnswer =
  | { readonly kind: 'rejected'; readonly mailbox: Mailbox }
  | { readonly kind: 'already-rejected'; readonly mailbox: Mailbox }
  | ActionRefusal;

/** The system of record knows no such thing, and nothing was done: a person does it otherwise. */
export interface NotOffered {
  readonly kind: 'not-offered';
}

export type WaitingAnswer =
  /** `count`: as many messages as the wish met; the same key again meets none and says the same. */
  | { readonly kind: 'changed'; readonly count: number; readonly mailbox: Mailbox }
  | NotOffered
  | ActionRefusal;

export type SubmitAnswer =
  | { readonly kind: 'pending'; readonly message: OutgoingMessage }
  | NotOffered
  | ActionRefusal;

type NoChange =
  /** It is so already. */
  | { readonly kind: 'unchanged' }
  /** Somebody else has changed the same meanwhile: look at it as it is now. */
  | { readonly kind: 'overtaken' }
  | ChangeObjection
  | ActionRefusal;

export type ProfileCheck = ({ readonly kind: 'possible' } & ChangedProfile) | NoChange;

export type ChangeProfileAnswer = ({ readonly kind: 'changed' } & ChangedProfile) | NoChange;

/** Nothing is left, or was there, of the note that the registry overruled a change. */
export type ForgetAnswer = { readonly kind: 'forgotten' } | ActionRefusal;

export type ChangeMethodAnswer =
  | {
      readonly kind: 'changed';
      readonly before: DeliveryMethod;
      readonly after: DeliveryMethod;
      readonly mailbox: Mailbox;
      readonly warnings: readonly SupportReason[];
    }
  | NoChange;

export type SetActiveAnswer =
  | { readonly kind: 'changed'; readonly mailbox: Mailbox }
  /** It is so already. */
  | { readonly kind: 'unchanged'; readonly mailbox: Mailbox }
  /** A mailbox is activated only while its user is enabled, or its queue active (8005E230). */
  | { readonly kind: 'owner-disabled' }
  | ActionRefusal;

export type MailboxQuery =
  | { readonly by: 'id'; readonly id: MailboxId }
  /** Name or address as a person typed it: exact first, then case- and accent-insensitive, then close ones. */
  | { readonly by: 'text'; readonly text: string; readonly limit: number }
  | { readonly by: 'owner'; readonly ownerId: UserId }
  | { readonly by: 'profile'; readonly profileId: ProfileId }
  | { readonly by: 'approval-pending' };

export type EarlyWarningQuery =
  /** Open ones of the mailbox itself and of its profile. */
  | { readonly by: 'mailbox'; readonly mailboxId: MailboxId }
  /** Open ones of the profile as a whole. */
  | { readonly by: 'profile'; readonly profileId: ProfileId }
  /** With those that have ended. */
  | { readonly by: 'cause'; readonly cause: string };

export interface MailboxHit {
  readonly mailbox: Mailbox;
  /** `exact`: name or address equals the text; `close`: a suggestion. */
  readonly quality: 'exact' | 'close';
}

export interface PendingMessage {
  readonly message: OutgoingMessage;
  readonly why: PendingReason;
}

/** Receives each transition exactly once, inside the transaction that makes it durable. */
export type SyncEventSink = (event: SyncEvent, transaction: Transaction) => Promise<void>;

/**
 * The sync-engine service: Dynamics 365's server-side synchronization as this bot needs it.
 * Implementations: embedded/ (registry, probes, policy, scheduler of its own), dataverse/ and remote/
 * (later). Authorisation has been done by the caller; the engine applies its own rules on top.
 */
export interface SyncEngine extends PerformanceQueries {
  readonly kind: 'embedded' | 'remote' | 'dataverse';
  organization(id: OrganizationId): Promise<Organization | undefined>;
  profile(id: ProfileId): Promise<EmailServerProfile | undefined>;
  findMailboxes(query: MailboxQuery): Promise<readonly MailboxHit[]>;
  /**
   * How much of Exchange Online's limits a mailbox has used; nothing for other servers. The event
   * `limit-near` tells before one is hit (80 %) and when it is.
   */
  limits(mailboxId: MailboxId): Promise<readonly LimitUse[]>;
  /** What will fail unless somebody acts; events tell of each level once. */
  earlyWarnings(query: EarlyWarningQuery): Promise<readonly EarlyWarning[]>;
  /** Items that failed one by one, by error; an engine that knows of no items answers none. */
  failedItems(mailboxId: MailboxId): Promise<readonly FailedItems[]>;
  /** Null where there are no forms, or nobody may read them. */
  appointmentForms(): Promise<AppointmentForms | null>;
  /**
   * What this bot's own machine sees of the servers of a mailbox, beside the verdict of a system of
   * record that makes its attempts elsewhere: looks without signing in, as they were kept; one that
   * is old is repeated meanwhile, and an event tells what is new. Nothing of an engine whose
   * attempts are looks of its own.
   */
  sights(mailboxId: MailboxId): Promise<readonly SeenServer[]>;
  /** Errors and warnings whose condition holds. */
  openAlerts(mailboxId: MailboxId): Promise<readonly Alert[]>;
  /**
   * A wall, informations included: what holds first, each the newest first. The condition of a
   * profile is one alert on its wall, and hangs on the walls of the mailboxes that suffer as well.
   */
  alerts(query: AlertQuery): Promise<readonly WallAlert[]>;
  testRun(id: TestRunId): Promise<TestRun | undefined>;
  /** What has not gone yet, oldest first, held messages included, and why each has not. */
  pendingMessages(mailboxId: MailboxId): Promise<readonly PendingMessage[]>;
  /** The same by age, without the messages: to be looked at before the mailbox is enabled. */
  waitingByDay(mailboxId: MailboxId): Promise<readonly WaitingDay[]>;

  /**
   * Starts a test of all directions; each one that passes is enabled. Progress comes as events.
   * The signal outlives the answer: raising it ends the run, so pass the process's, not the turn's.
   */
  testAndEnable(mailboxId: MailboxId, context: ActionContext): Promise<TestAndEnableAnswer>;
  approve(mailboxId: MailboxId, context: ActionContext): Promise<ApproveAnswer>;
  /**
   * Rejects the address. Where approval is required, directions that were enabled are disabled by the
   * next attempt, with the alert for a missing approval; a later `approve` is possible.
   */
  reject(mailboxId: MailboxId, context: ActionContext): Promise<RejectAnswer>;
  /** Hands in a message for sending; it is Pending Send until it is sent. */
  submit(
    message: Pick<OutgoingMessage, 'mailboxId' | 'subject' | 'to' | 'text'>,
    context: ActionContext,
  ): Promise<SubmitAnswer>;

  /**
   * Decide about messages that were handed in before a moment (null: all). Held ones stay until they
   * are released or cancelled, also when the mailbox is enabled; cancelled ones never go. What is
   * being sent right now is left alone. Raises one event when it met any.
   */
  holdMessages(
    mailboxId: MailboxId,
    submittedBefore: Instant | null,
    context: ActionContext,
  ): Promise<WaitingAnswer>;
  cancelMessages(
    mailboxId: MailboxId,
    submittedBefore: Instant | null,
    context: ActionContext,
  ): Promise<WaitingAnswer>;
  /** Held messages are Pending Send again. */
  releaseMessages(
    mailboxId: MailboxId,
    submittedBefore: Instant | null,
    context: ActionContext,
  ): Promise<WaitingAnswer>;

  /** What was changed by buttons about this mailbox and its profile, and what each change lies over. */
  setUpChanges(mailboxId: MailboxId): Promise<readonly SetUpChange[]>;
  /** What would come of a change, and what speaks against it. */
  checkProfileChange(profileId: ProfileId, change: ProfileChange): Promise<ProfileCheck>;
  /**
   * Changes how a profile reaches its server, for all its mailboxes at once; none is enabled by it.
   * Nothing that lowers security is done. Raises one event.
   */
  changeProfile(
    profileId: ProfileId,
    change: ProfileChange,
    context: ActionContext,
  ): Promise<ChangeProfileAnswer>;
  /** Takes note that the registry overruled a change; what the profile is stays as it is. */
  forgetOverruled(
    profileId: ProfileId,
    part: ProfilePart,
    context: ActionContext,
  ): Promise<ForgetAnswer>;
  /** ACT of one mailbox; the direction is not enabled by it, whatever it was before. */
  changeActMethod(
    mailboxId: MailboxId,
    method: ActMethod | 'as-registered',
    context: ActionContext,
  ): Promise<ChangeMethodAnswer>;

  /**
   * Activates or deactivates a mailbox. Of an inactive one nothing is synchronized, and nothing of it
   * is lost; activated again it goes on with what was enabled, waiting messages included. Raises one
   * event.
   */
  setActive(
    mailboxId: MailboxId,
    active: boolean,
    context: ActionContext,
  ): Promise<SetActiveAnswer>;

  start(sink: SyncEventSink): Promise<void>;
  stop(): Promise<void>;
}

/** Convenience over `findMailboxes` for the commonest question. */
export async function mailboxById(
  engine: Pick<SyncEngine, 'findMailboxes'>,
  id: MailboxId,
): Promise<Mailbox | undefined> {
  const [hit] = await engine.findMailboxes({ by: 'id', id });
  return hit?.mailbox;
}
