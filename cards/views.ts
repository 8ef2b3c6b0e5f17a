import type { Alert, AlertSlots } from '../services/domain/alert.ts';
import type { Vote } from '../services/domain/answer.ts';
import type { ApprovalRequest } from '../services/domain/approval-request.ts';
import type { Article, ArticleStep } from '../services/domain/article.ts';
import type { IncidentAudience } from '../services/domain/card-reference.ts';
import type { FailureNature } from '../services/domain/failure.ts';
import type { Fix } from '../services/domain/fixes.ts';
import type { MailboxId } from '../services/domain/ids.ts';
import type { Incident } from '../services/domain/incident.ts';
import type { Language } from '../services/domain/language.ts';
import type { Direction, Mailbox, MailboxHealth } from '../services/domain/mailbox.ts';
import type { Deployment } from '../services/domain/organization.ts';
import type { OutgoingMessage, PendingReason } from '../services/domain/outgoing-message.ts';
import type { PerformanceSummary } from '../services/domain/performance.ts';
import type { DenialReason } from '../services/domain/permission.ts';
import type { EmailServerProfile, ServerType } from '../services/domain/profile.ts';
import type { ProfileOutage } from '../services/domain/profile-outage.ts';
import type { TestRun } from '../services/domain/test-run.ts';
import type { Instant } from '../services/domain/time.ts';
import type { TurnFigures } from '../services/domain/turn-figures.ts';
import type { TextKey } from '../services/i18n/index.ts';
import type { OrganizerView } from './item-views.ts';
import type { SightView } from './sight-views.ts';

/**
 * What the cards show, made by bot/present. Values are as they came, escaped by the card; ids and
 * moments are formatted by the card's translator. Nothing here is a permission: buttons that a view
 * allows are offered, and authorised again at the click.
 */

/** Buttons this viewer may press on this mailbox. */
export interface AllowedActions {
  readonly testAndEnable: boolean;
  /** Test & enable also approves the address: it is the viewer's own. */
  readonly approvesItself: boolean;
  readonly approve: boolean;
  /** May not approve, but can ask somebody who may. */
  readonly requestApproval: boolean;
  readonly reject: boolean;
  readonly showOutbox: boolean;
  readonly decideWaiting: boolean;
  /** Another organization has the Exchange mailbox, and this viewer may take it over. */
  readonly markPrimary: boolean;
  readonly activate: boolean;
  readonly deactivate: boolean;
}

export interface RejectionView {
  readonly byName: string | null;
  readonly at: Instant | null;
  /** As it was typed; null where it was rejected elsewhere. */
  readonly reason: string | null;
}

export interface MailboxView {
  readonly mailbox: Mailbox;
  readonly health: MailboxHealth;
  readonly profile: EmailServerProfile | null;
  readonly ownerName: string | null;
  readonly approvedByName: string | null;
  /** Of an address that is rejected now. */
  readonly rejection: RejectionView | null;
  readonly openAlerts: readonly Alert[];
  /** Per retrying direction, when it will be disabled if nothing changes. */
  readonly disablesAt: Partial<Readonly<Record<Direction, Instant>>>;
  /** Titles of the open alerts' articles, by topic. */
  readonly alertTitles: Readonly<Record<string, string>>;
  readonly allowed: AllowedActions;
  /** What this viewer may put right with a button. */
  readonly fixes: readonly Fix[];
  /** Of its last turns, where they are shown; null before the first. */
  readonly figures?: TurnFigures | null;
  /** What the bot itself saw of its servers, on cards that say what is wrong. */
  readonly sights?: readonly SightView[];
}

export interface StepView {
  readonly step: ArticleStep;
  /** For whom it is, where that is not known of the reader's mailbox. */
  readonly onlyFor: readonly (ServerType | Deployment)[];
  /** The first step that fits the mailbox's live state. */
  readonly now: boolean;
}

/** An answer that can be voted on. */
export interface AnswerView {
  readonly answerId: string;
  /** This viewer's vote; null in a shared conversation. */
  readonly yourVote: Vote | null;
}

/** An article applied to what was pasted, and to the mailbox if it is known and may be seen. */
export interface AlertView {
  readonly article: Article;
  readonly slots: AlertSlots;
  readonly direction: Direction | 'both' | null;
  readonly code: string | null;
  /** What the tail of the pasted alert says: still retrying, or disabled. */
  readonly nature: FailureNature | null;
  readonly confidence: number | null;
  readonly steps: readonly StepView[];
  readonly related: readonly { readonly topic: string; readonly title: string }[];
  /** What the reader said of it; null where it was not given as an answer. */
  readonly answer: AnswerView | null;
  /** This viewer looks after the articles. */
  readonly mayEdit: boolean;
  /** It explains what is not supported: the reader's own set-up can be held against that. */
  readonly checksSetUp: boolean;
  /** Of an answer about the Organizer field: the forms as they are now; null where nobody knows. */
  readonly organizer: OrganizerView | null;
  readonly mailbox: MailboxView | null;
  /** Several mailboxes bear the name, or none that this person may see: say so and offer `candidates`. */
  readonly mailboxLookup: 'found' | 'not-named' | 'unknown' | 'several';
  readonly candidates: readonly {
    readonly name: string;
    readonly address: string;
    readonly mailboxId: string;
  }[];
}

/** The alerts of a mailbox, a profile or a person: what holds first. */
export interface AlertWallView {
  readonly wall: 'mailbox' | 'profile' | 'person';
  /** Whose it is; null for the reader's own. */
  readonly name: string | null;
  readonly mailboxId: string | null;
  /** Of the mailbox, where the reader may see that wall, too. */
  readonly profileId: string | null;
  readonly rows: readonly {
    readonly alert: Alert;
    readonly open: boolean;
    readonly title: string;
    /** As Dynamics 365 words it. */
    readonly words: string | null;
  }[];
  readonly more: boolean;
}

/** What somebody asked on about the article that was just shown. */
export interface FollowUpView {
  readonly article: Article;
  /** `steps` where only a deployment was named. */
  readonly asks: 'who' | 'where' | 'why' | 'meaning' | 'steps' | 'duration' | 'sources';
  readonly deployment: Deployment | null;
  /** Of that deployment, if one was named. */
  readonly steps: readonly StepView[];
  readonly mailbox: MailboxView | null;
}

export interface AlertChoiceView {
  readonly choices: readonly {
    readonly topic: string;
    readonly title: string;
    readonly meaning: string;
    readonly confidence: number;
    readonly slots: AlertSlots;
  }[];
}

/** Texts that no article answers, gathered by likeness; redacted before they were kept. */
export interface UnansweredView {
  readonly unansweredId: string;
  readonly count: number;
  /** Oldest first; at least one. */
  readonly examples: readonly string[];
  readonly lastAt: Instant;
  readonly near: { readonly topic: string; readonly title: string } | null;
}

export interface UnansweredListView {
  readonly kinds: readonly UnansweredView[];
  readonly more: number;
}

/** How the articles did as answers, the weakest first. */
export interface ArticleVotesView {
  readonly articles: readonly {
    readonly topic: string;
    readonly title: string;
    readonly given: number;
    readonly solved: number;
    readonly notSolved: number;
  }[];
  readonly more: number;
}

export interface NoMatchView {
  /** "Close to X, but not documented." */
  readonly near: { readonly topic: string; readonly title: string } | null;
  readonly reason: 'nothing-documented' | 'empty' | 'too-long' | 'binary' | 'partly-read';
}

/** One paste with several alerts: a summary above the cards. */
export interface SeveralAlertsView {
  readonly alerts: readonly AlertView[];
}

export interface TestRunView {
  readonly run: TestRun;
  readonly mailbox: MailboxView;
  readonly requestedByName: string;
  /** The article that explains each failed direction. */
  readonly articles: Partial<
    Readonly<
      Record<
        Direction,
        { readonly topic: string; readonly title: string; readonly firstStep: string }
      >
    >
  >;
}

export interface ApprovalRequestView {
  readonly request: ApprovalRequest;
  readonly mailbox: MailboxView;
  readonly requestedByName: string;
  readonly decidedByName: string | null;
  /** This viewer may decide now. */
  readonly mayDecide: boolean;
  /** By name, where it waits for others; null where that is no question. */
  readonly whoDecides: readonly string[] | null;
}

export interface IncidentView {
  readonly incident: Incident;
  readonly audience: IncidentAudience;
  readonly article: Article;
  readonly mailboxes: readonly MailboxView[];
  readonly mailboxCount: number;
  readonly profileName: string | null;
  /** Who must act, by name, for those who need not. */
  readonly responsibleName: string | null;
  readonly disablesAt: Instant | null;
  readonly pendingSend: number;
}

/** Asked before an address is rejected. */
export interface RejectAskView {
  readonly mailbox: MailboxView;
  readonly reason: string;
}

/** To whose mailbox it is: an approval counts no more, because the address is another one. */
export interface AddressChangedView {
  readonly mailbox: MailboxView;
  readonly formerAddress: string;
  /** Of the change that is told; the mailbox may have a later one. */
  readonly address: string;
}

export interface MailboxListView {
  readonly title: 'mine' | 'suggestions' | 'same-name' | 'approvals' | 'approvals-of-others';
  readonly searched: string | null;
  readonly mailboxes: readonly MailboxView[];
  readonly more: number;
  /** By name, who decides about them, where it is not the viewer. */
  readonly whoDecides?: readonly string[] | null;
  /** Of all mailboxes, for whoever may see them all. */
  readonly performance?: PerformanceSummary | null;
}

export interface ApprovalListView {
  readonly requests: readonly ApprovalRequestView[];
  readonly more: number;
}

export interface OutboxView {
  readonly mailbox: MailboxView;
  /** Only messages of this day; null for all. */
  readonly day: string | null;
  /** Messages that stand on cards before this one. */
  readonly skipped: number;
  readonly messages: readonly { readonly message: OutgoingMessage; readonly why: PendingReason }[];
  readonly more: number;
}

/** Over half of a profile's mailboxes fail, or did. */
export interface ProfileOutageView {
  readonly outage: ProfileOutage;
  readonly profileName: string;
  /** Null for who neither owns the profile nor stands in for a missing owner. */
  readonly toldAs: 'owner' | 'administrator' | null;
  /** Some of its mailboxes has a direction that stays disabled until it is tested and enabled. */
  readonly someDisabled: boolean;
  /** Of the profile, and seen by the reader: a profile is shown through one of its mailboxes. */
  readonly shownThrough: MailboxId | null;
  /** What holds now, on the profile's wall. */
  readonly conditions: readonly { readonly alert: Alert; readonly title: string }[];
}

/** What taking over an Exchange mailbox from another organization would do. */
export interface MarkPrimaryView {
  readonly mailbox: MailboxView;
  readonly organizationName: string | null;
  readonly otherName: string | null;
}

export interface DeniedView {
  readonly reason: DenialReason;
  readonly mailboxName: string;
  readonly mailboxId: string;
  readonly mailboxVersion: number;
  /** Who could do it, by name; empty when nobody was found. */
  readonly whoMay: readonly string[];
  readonly canRequest: boolean;
}

/** To somebody who does not look after the articles. */
export interface KnowledgeDeniedView {
  readonly whoMay: readonly string[];
}

export interface RequestSentView {
  readonly mailboxName: string;
  readonly askedNames: readonly string[];
  readonly alreadyAsked: boolean;
}

/** Codes of services/observability that have texts; the parity test holds the two together. */
type ErrorCodeWithTexts = TextKey extends infer K
  ? K extends `error.${infer Code}.title`
    ? Code
    : never
  : never;

export interface ErrorView {
  readonly code: ErrorCodeWithTexts;
  readonly traceId: string;
  /** The person's own words, so that nothing is lost; null when there were none. */
  readonly theirText: string | null;
}

export interface SignInMissingView {
  /** For administrators: what is not set; null for others. */
  readonly setting: string | null;
}

export interface HelpView {
  readonly scope: 'personal' | 'group' | 'channel';
  readonly administrator: boolean;
  /** The word that was typed and the command it resembles. */
  readonly didYouMean: { readonly typed: string; readonly command: string } | null;
}

export interface AttachmentAdviceView {
  readonly kind: 'picture' | 'unreadable-file' | 'unsupported-file';
  readonly fileName: string;
}

export interface WelcomeView {
  readonly scope: 'personal' | 'group' | 'channel';
  /** The person's first name; null where the bot was added by somebody else. */
  readonly name: string | null;
  readonly administrator: boolean;
}

export interface LanguageView {
  /** What was just chosen; null when the person asked which languages there are. */
  readonly chosen: Language | null;
}

export interface OutdatedView {
  /** Leads to the current state where the old card told which mailbox it was about. */
  readonly mailboxId: string | null;
}

/** What the system of record did not do, though the bot found that the person may. */
export interface ActionRefusedView {
  readonly mailbox: MailboxView;
  readonly wish:
    | 'approve'
    | 'reject'
    | 'test'
    | 'activate'
    | 'deactivate'
    | 'profile'
    | 'method'
    | 'hold'
    | 'release'
    | 'cancel';
  /** `no-effect`: it said that it was done. `refused`: only its own words tell why. */
  readonly why:
    | 'no-effect'
    | 'not-offered'
    | 'office-administrator'
    | 'privilege'
    | 'access'
    | 'refused';
  /** Its own words. */
  readonly reply: string | null;
  /** The article that explains them. */
  readonly article: string | null;
}
