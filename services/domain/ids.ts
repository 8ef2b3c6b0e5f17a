declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Key of a mailbox record in the system of record (a GUID in Dynamics 365). */
export type MailboxId = Branded<'MailboxId'>;
/** Key of an email server profile record. */
export type ProfileId = Branded<'ProfileId'>;
export type OrganizationId = Branded<'OrganizationId'>;
/** Entra object id of a person: the only identity that authorisation uses. */
export type UserId = Branded<'UserId'>;
export type TestRunId = Branded<'TestRunId'>;
export type ApprovalRequestId = Branded<'ApprovalRequestId'>;
export type AlertId = Branded<'AlertId'>;
export type IncidentId = Branded<'IncidentId'>;
export type EventId = Branded<'EventId'>;
/** Id of an article in data/knowledge, e.g. `bad-credentials`. Stable for good (design.md §3). */
export type TopicId = Branded<'TopicId'>;

/** One article given as an answer, in one conversation. */
export type AnswerId = Branded<'AnswerId'>;
/** One repair that is gone through step by step. */
export type GuideId = Branded<'GuideId'>;
export type UnansweredId = Branded<'UnansweredId'>;
export type ArticleRevisionId = Branded<'ArticleRevisionId'>;
export type ArticleDraftId = Branded<'ArticleDraftId'>;

/** Brands a string that was read from a trusted place (store, registry, verified activity). */
export function idOf<T extends Branded<string>>(value: NoInfer<T> | string): T {
  return value as T;
}
