import type { Alert } from '../domain/alert.ts';
import type { AlertDefinition } from '../domain/alert-article.ts';
import type { Answer } from '../domain/answer.ts';
import type { ApprovalRequest } from '../domain/approval-request.ts';
import type { ArticleDraft, ArticleRevision } from '../domain/article-revision.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { CardCopy } from '../domain/card-reference.ts';
import type { ConversationLink, Preference } from '../domain/conversation.ts';
import type { EarlyWarning } from '../domain/early-warning.ts';
import type { MailFlow } from '../domain/exchange-online-limits.ts';
import type { Guide } from '../domain/guide.ts';
import type { Incident, IncidentMember } from '../domain/incident.ts';
import type { MailboxState } from '../domain/mailbox-state.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import type { OutgoingMessage } from '../domain/outgoing-message.ts';
import type { PrimaryOrganization } from '../domain/primary-organization.ts';
import type { ProfileOutage } from '../domain/profile-outage.ts';
import type { Rejection } from '../domain/rejection.ts';
import type { ReadMark, SeenMailbox, SeenProfile } from '../domain/seen-mailbox.ts';
import type { ServerSight } from '../domain/server-sight.ts';
import type { SetUpChange } from '../domain/set-up-change.ts';
import type { SignInWish } from '../domain/sign-in-wish.ts';
import type { HeardEvent, Listener, UndeliveredEvent } from '../domain/sync-event.ts';
import type { TestRun } from '../domain/test-run.ts';
import type { TurnHistory } from '../domain/turn-history.ts';
import type { TurnHour } from '../domain/turn-hours.ts';
import type { Unanswered } from '../domain/unanswered.ts';

/** A key that was used once: the second use finds what the first one did. */
export interface IdempotencyRecord {
  readonly id: string;
  readonly result: string;
  readonly at: string;
}

/** Everything that is kept. Each record is a value with an `id`; the key says what it is. */
export interface Collections {
  readonly mailboxStates: MailboxState;
  readonly alerts: Alert;
  readonly testRuns: TestRun;
  readonly approvalRequests: ApprovalRequest;
  readonly rejections: Rejection;
  readonly outgoingMessages: OutgoingMessage;
  readonly mailFlows: MailFlow;
  readonly turnHistories: TurnHistory;
  readonly turnHours: TurnHour;
  readonly setUpChanges: SetUpChange;
  readonly primaryOrganizations: PrimaryOrganization;
  readonly profileOutages: ProfileOutage;
  readonly earlyWarnings: EarlyWarning;
  readonly seenMailboxes: SeenMailbox;
  readonly seenProfiles: SeenProfile;
  readonly serverSights: ServerSight;
  readonly readMarks: ReadMark;
  readonly undeliveredEvents: UndeliveredEvent;
  readonly heardEvents: HeardEvent;
  readonly listeners: Listener;
  readonly toldAlerts: AlertDefinition;
  readonly incidents: Incident;
  readonly incidentMembers: IncidentMember;
  readonly conversations: ConversationLink;
  readonly preferences: Preference;
  readonly signInWishes: SignInWish;
  readonly cardCopies: CardCopy;
  readonly outbox: OutboxRow;
  readonly answers: Answer;
  readonly guides: Guide;
  readonly unanswered: Unanswered;
  readonly articleRevisions: ArticleRevision;
  readonly articleDrafts: ArticleDraft;
  readonly idempotency: IdempotencyRecord;
}
export type CollectionName = keyof Collections;

/** Records whose named top-level fields equal these values. */
export type Where<Item> = { readonly [Field in keyof Item]?: Item[Field] };

/** Answers are frozen and shared (copy before handing one to a library that changes it); `find` keeps no order. */
export interface Reader {
  get<Name extends CollectionName>(
    collection: Name,
    id: string,
  ): Promise<Collections[Name] | undefined>;
  find<Name extends CollectionName>(
    collection: Name,
    where?: Where<Collections[Name]>,
  ): Promise<readonly Collections[Name][]>;
}

/** Sees its own writes; nobody else sees them before it ends well. */
export interface Transaction extends Reader {
  put<Name extends CollectionName>(collection: Name, record: Collections[Name]): Promise<void>;
  remove(collection: CollectionName, id: string): Promise<void>;
  /** Adds a line to the append-only audit, durable together with the rest. */
  audit(entry: AuditEntry): Promise<void>;
  /** Runs after the transaction is durable; never when it failed. */
  afterCommit(work: () => void): void;
}

/**
 * All state of the bot and of the embedded engine. `transact` is the only way to write: one atomic
 * step that is on disk when its promise resolves; a `work` that throws leaves no trace. Transactions
 * run one after another.
 */
export interface Store extends Reader {
  transact<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Newest first. */
  readAudit(limit: number): Promise<readonly AuditEntry[]>;
  /** Waits for the last write and releases the data directory. */
  close(): Promise<void>;
}
