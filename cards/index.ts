export {
  type ParsedAction,
  parseAction,
  parseSubmit,
} from './actions.ts';
export { addressChangedCard } from './address-changed-card.ts';
export { alertCard } from './alert-card.ts';
export { alertChoiceCard } from './alert-choice-card.ts';
export { alertWallCard } from './alert-wall-card.ts';
export { approvalListCard } from './approval-list-card.ts';
export { approvalRequestCard } from './approval-request-card.ts';
export { articleEditorCard } from './article-editor-card.ts';
export { articleFormCard } from './article-form-card.ts';
export { articleHistoryCard } from './article-history-card.ts';
export { articlePreviewCard } from './article-preview-card.ts';
export { articleVotesCard } from './article-votes-card.ts';
export { attachmentAdviceCard } from './attachment-advice-card.ts';
export type { AdaptiveCard } from './card.ts';
export { cardSummary } from './compose.ts';
export { deniedCard } from './denied-card.ts';
export { earlyWarningCard } from './early-warning-card.ts';
export type * from './early-warning-views.ts';
export type * from './editing-views.ts';
export { errorCard } from './error-card.ts';
export { followUpCard } from './follow-up-card.ts';
export { helpCard } from './help-card.ts';
export { incidentCard } from './incident-card.ts';
export { knowledgeDeniedCard } from './knowledge-denied-card.ts';
export { languageCard } from './language-card.ts';
export { mailboxCard } from './mailbox-card.ts';
export { mailboxListCard } from './mailbox-list-card.ts';
export { markPrimaryCard } from './mark-primary-card.ts';
export { noMatchCard } from './no-match-card.ts';
export { outboxCard } from './outbox-card.ts';
export { outdatedCard } from './outdated-card.ts';
export { rejectAskCard } from './reject-ask-card.ts';
export { rejectedAddressCard } from './rejected-address-card.ts';
export { requestSentCard } from './request-sent-card.ts';
export { ANSWER_FIELD, DONT_KNOW, setUpCard } from './set-up-card.ts';
export type * from './set-up-views.ts';
export { severalAlertsCard } from './several-alerts-card.ts';
export { testRunCard } from './test-run-card.ts';
export { unansweredCard } from './unanswered-card.ts';
export { unansweredListCard } from './unanswered-list-card.ts';
export type * from './views.ts';
export { waitingCancelCard } from './waiting-cancel-card.ts';
export { waitingCard } from './waiting-card.ts';
export type * from './waiting-views.ts';
export { welcomeCard } from './welcome-card.ts';
