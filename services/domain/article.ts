import type { AlertLevel } from './alert.ts';
import type { FailureNature, FailureReason, FailureScope } from './failure.ts';
import type { TopicId } from './ids.ts';
import type { Localized } from './language.ts';
import type { Direction } from './mailbox.ts';
import type { Deployment } from './organization.ts';
import type { ServerType } from './profile.ts';

export type ArticleKind = 'alert' | 'state' | 'known-limitation' | 'configuration' | 'guide';

/** Buttons that an article may offer; the bot decides which of them a person gets. */
export type Remedy = 'test-and-enable' | 'approve-email' | 'show-outbox';

/** Live facts that make a step the one to take now; the first step whose condition holds is marked. */
export type StepCondition =
  | 'always'
  | 'not-approved'
  | 'not-enabled'
  | 'disabled'
  | 'retrying'
  | 'answers-again'
  | 'never-tested'
  | 'no-profile'
  | 'inactive'
  | 'act-on-unsupported-server';

export type Actor =
  | 'user'
  | 'mailbox-owner'
  | 'profile-owner'
  | 'system-administrator'
  | 'office-administrator'
  | 'exchange-administrator'
  | 'server-administrator'
  | 'developer';

export interface ArticleStep {
  readonly text: Localized;
  readonly who: Actor;
  readonly when: StepCondition;
  /** Limits the step to mailboxes of these server types; empty means all. */
  readonly serverTypes: readonly ServerType[];
  /** Limits the step to these deployments of Dynamics; empty means all. */
  readonly deployments: readonly Deployment[];
  /** Click paths, UI labels joined by " > ". Absent where nothing is clicked. */
  readonly navigation?: {
    /** Power Platform admin center, as of the article's date. */
    readonly online?: Localized;
    /** Classic menus of Dynamics 365 (on-premises). */
    readonly onPremises?: Localized;
  };
  readonly code?: { readonly language: 'PowerShell' | 'PlainText'; readonly text: string };
}

/** How well a statement about a change is founded. */
export type Certainty = 'documented' | 'announced' | 'reported' | 'inferred';

/** What an article says at its top: a change that overtook it, a risk, or an alert that misleads. */
export interface ArticleNotice {
  readonly kind: 'changed' | 'risk' | 'misleading' | 'retired' | 'note';
  readonly since?: string;
  /** Absent where nobody could doubt it. */
  readonly certainty?: Certainty;
  readonly text: Localized;
}

/**
 * An Email Server Error Code, an error of the Web API or a sync error that leads to the article. It
 * is recognised in all its spellings; where the same words have several documented causes, it decides.
 */
export interface ArticleCode {
  /** As the product prints it: `UnapprovedMailbox`, `Http server returned Forbidden exception.` */
  readonly text: string;
  /** The HRESULT as eight hexadecimal digits: also found as `0x8005E220` and `-2147098080`. */
  readonly number?: string;
  /** Other ways in which product generations print it. */
  readonly aliases: readonly string[];
  /** The message that the error reference publishes for it, matched like a template. */
  readonly message?: string;
  /** What this code means beyond the article: its own cause and fix. */
  readonly meaning?: Localized;
}

/**
 * An alert's wording as a product generation prints it. Slots stand in braces: `{mailbox}`;
 * `{*}` is a value that nothing is done with.
 * Alternatives by direction stand in brackets, sending first: `[sent|received|sent/received]`.
 */
export interface AlertTemplate {
  /** Any language a wording was published in, not only those people are answered in. */
  readonly lang: string;
  /** The tail tells the generation and the nature (domain.md §1.1): 1, 2 permanent; 3 transient. */
  readonly generation: 1 | 2 | 3;
  readonly text: string;
  /** Directions that this wording speaks of. */
  readonly directions: readonly Direction[];
  /** `project` where Microsoft published none in this language and the translation is ours. */
  readonly origin: 'microsoft' | 'project';
}

/** One documented alert, state, limitation, configuration or guide; a file in data/knowledge. */
export interface Article {
  readonly id: TopicId;
  /** A heading of the document of 2017 (design.md §3), or documented by Microsoft elsewhere. */
  readonly catalogue: 'document' | 'later';
  readonly kind: ArticleKind;
  readonly level: AlertLevel;
  readonly scope: FailureScope;
  readonly nature: FailureNature;
  readonly appliesTo: readonly Deployment[];
  readonly title: Localized;
  /** What it means, for the person who is affected. */
  readonly meaning: Localized;
  readonly cause: Localized;
  readonly steps: readonly ArticleStep[];
  readonly notices: readonly ArticleNotice[];
  readonly remedies: readonly Remedy[];
  /** Failures for which the embedded engine raises this alert. */
  readonly raisedFor: readonly FailureReason[];
  readonly codes: readonly ArticleCode[];
  readonly templates: readonly AlertTemplate[];
  /** Wordings that look like this alert and are not it; their match is "close, but not documented". */
  readonly decoys: readonly { readonly lang: string; readonly text: string }[];
  /** How people ask about it. */
  readonly questions: Localized<readonly string[]>;
  readonly related: readonly TopicId[];
  readonly sources: readonly {
    readonly title: string;
    readonly url: string;
    readonly read: string;
  }[];
  /** The day on which a person last compared the article with its sources. */
  readonly checked: string;
}
