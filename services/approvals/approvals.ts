import type { ApprovalDecision, ApprovalRequest } from '../domain/approval-request.ts';
import type { ApprovalRequestId, MailboxId } from '../domain/ids.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import type { Permission } from '../domain/permission.ts';
import type { Person } from '../domain/person.ts';
import type { ActionContext, ActionRefusal } from '../sync-engine/index.ts';

export type Denial = Extract<Permission, { readonly allowed: false }>;

/** The address is not the one that the person saw when they decided. Nothing was done. */
export interface AddressChanged {
  readonly kind: 'address-changed';
  readonly mailbox: Mailbox;
}

/** No such mailbox, or none that this person may see: the two look the same. */
export interface NotFound {
  readonly kind: 'not-found';
}

export interface Denied {
  readonly kind: 'denied';
  readonly mailbox: Mailbox;
  readonly permission: Denial;
}

export type ApproveOutcome =
  /** `ourReading`: Microsoft's table has no row for this server (domain.md §4.10). */
  | { readonly kind: 'approved'; readonly mailbox: Mailbox; readonly ourReading: boolean }
  | { readonly kind: 'already-approved'; readonly mailbox: Mailbox }
  | AddressChanged
  | Denied
  | ActionRefusal;

export type RejectOutcome =
  | { readonly kind: 'rejected'; readonly mailbox: Mailbox }
  | { readonly kind: 'already-rejected'; readonly mailbox: Mailbox }
  | AddressChanged
  | Denied
  | ActionRefusal;

export type RequestOutcome =
  | {
      readonly kind: 'requested';
      readonly request: ApprovalRequest;
      readonly asked: readonly Person[];
    }
  /** The person has asked before; the same people have the card. */
  | {
      readonly kind: 'already-requested';
      readonly request: ApprovalRequest;
      readonly asked: readonly Person[];
    }
  | { readonly kind: 'already-approved'; readonly mailbox: Mailbox }
  /** No need to ask anybody: this person may approve it. */
  | { readonly kind: 'may-approve'; readonly mailbox: Mailbox }
  /** Nobody in the directory may: nothing was kept. */
  | {
      readonly kind: 'nobody-to-ask';
      readonly mailbox: Mailbox;
      readonly permission: Denial;
    }
  | { readonly kind: 'profile-missing' }
  | NotFound;

export type DecisionOutcome =
  | { readonly kind: 'decided'; readonly request: ApprovalRequest }
  /** Somebody was first; the request says who and when. */
  | { readonly kind: 'already-decided'; readonly request: ApprovalRequest }
  /** The decision counts for nothing until who decides has signed in; then they decide again. */
  | { readonly kind: 'sign-in-required' }
  /** The decision stands and is kept, and the engine would not carry it out. */
  | {
      readonly kind: 'not-applied';
      readonly request: ApprovalRequest;
      readonly refusal: ActionRefusal;
    }
  | AddressChanged
  | Denied
  | { readonly kind: 'profile-missing' }
  | NotFound;

export interface PendingApproval {
  readonly request: ApprovalRequest;
  readonly mailbox: Mailbox;
  /** False for a request that the viewer made and somebody else must decide. */
  readonly mayDecide: boolean;
}

/**
 * Asking for, deciding and giving approvals of e-mail addresses. Who acts is looked up in the
 * directory at the moment of the click; every attempt is audited. Refusals are values.
 */
export interface Approvals {
  approve(wish: {
    readonly mailboxId: MailboxId;
    /** The address that the person saw; none where they named the mailbox themselves. */
    readonly seenAddress?: string | null;
    readonly actor: Person;
    readonly context: ActionContext;
  }): Promise<ApproveOutcome>;
  /** `reason`: the owner of the mailbox reads it. */
  reject(wish: {
    readonly mailboxId: MailboxId;
    /** The address that the person saw; none where they named the mailbox themselves. */
    readonly seenAddress?: string | null;
    readonly actor: Person;
    readonly reason: string;
    readonly context: ActionContext;
  }): Promise<RejectOutcome>;
  /** To be told when Test & enable of one's own mailbox has started; the same `key` is one approval. */
  selfApproved(deed: {
    readonly mailboxId: MailboxId;
    readonly actor: Person;
    readonly key: string;
  }): Promise<void>;
  /** `key`: the same press twice asks once. */
  request(wish: {
    readonly mailboxId: MailboxId;
    readonly requestedBy: Person;
    readonly reason: string;
    readonly key: string;
  }): Promise<RequestOutcome>;
  decide(wish: {
    readonly requestId: ApprovalRequestId;
    /** The address that the person saw; none where they named the mailbox themselves. */
    readonly seenAddress?: string | null;
    readonly decision: ApprovalDecision;
    readonly actor: Person;
    readonly context: ActionContext;
  }): Promise<DecisionOutcome>;
  /** Oldest first: what the viewer may decide and what the viewer has asked for. */
  pending(viewer: Person): Promise<readonly PendingApproval[]>;
  /** Carries out decisions that a stopped process had kept but not carried out. */
  resume(signal: AbortSignal): Promise<void>;
}
