import type { ParsedAction } from '../../cards/index.ts';
import type { ActionAnswer } from './actions/action.ts';
import { outdatedAnswer } from './actions/action.ts';
import { approveEmail } from './actions/approve-email.ts';
import { articleHistory } from './actions/article-history.ts';
import { askCancelWaiting } from './actions/ask-cancel-waiting.ts';
import { askActMethod, changeActMethod } from './actions/change-act-method.ts';
import { changeProfile } from './actions/change-profile.ts';
import { checkSetUp } from './actions/check-set-up.ts';
import { copyForSupport } from './actions/copy-for-support.ts';
import { decideRequest } from './actions/decide-request.ts';
import { cancelWaiting, holdWaiting, releaseWaiting } from './actions/decide-waiting.ts';
import { discardDraft } from './actions/discard-draft.ts';
import { dismissUnanswered } from './actions/dismiss-unanswered.ts';
import { editArticle } from './actions/edit-article.ts';
import { editPart } from './actions/edit-part.ts';
import { editProfile } from './actions/edit-profile.ts';
import {
  continueGuide,
  markStep,
  resumeGuide,
  showGuide,
  solveGuide,
  turnGuide,
} from './actions/guide-steps.ts';
import { listUnanswered } from './actions/list-unanswered.ts';
import { askMarkPrimary, markPrimary } from './actions/mark-primary.ts';
import { previewArticle } from './actions/preview-article.ts';
import { previewChange, previewProfile } from './actions/preview-change.ts';
import { publishArticle } from './actions/publish-article.ts';
import { rateAnswer } from './actions/rate-answer.ts';
import { askRejectEmail, rejectEmail } from './actions/reject-email.ts';
import { requestApproval } from './actions/request-approval.ts';
import { rollBackArticle } from './actions/roll-back-article.ts';
import { savePart } from './actions/save-part.ts';
import { askSetActive, setActive } from './actions/set-active.ts';
import { setLanguage } from './actions/set-language.ts';
import { showAlerts } from './actions/show-alerts.ts';
import { showHelp } from './actions/show-help.ts';
import { showMailbox } from './actions/show-mailbox.ts';
import { showOutbox } from './actions/show-outbox.ts';
import { showProfile } from './actions/show-profile.ts';
import { showTestRun } from './actions/show-test-run.ts';
import { showTopic } from './actions/show-topic.ts';
import { showUnanswered } from './actions/show-unanswered.ts';
import { showWaiting } from './actions/show-waiting.ts';
import { startGuide } from './actions/start-guide.ts';
import { testAndEnable } from './actions/test-and-enable.ts';
import { testGuide } from './actions/test-guide.ts';
import type { BotServices } from './bot-services.ts';
import type { Asker } from './turn.ts';

/** A pressed button, whichever way it came. A verb that is added to the cards does not compile until it is here. */
export async function press(
  asker: Asker,
  parsed: ParsedAction,
  services: BotServices,
): Promise<ActionAnswer> {
  if (parsed.kind === 'outdated') return outdatedAnswer(asker);
  const { action } = parsed;
  switch (action.verb) {
    case 'test-and-enable':
      return testAndEnable(pressing(asker, action), action, services);
    case 'approve-email':
      return approveEmail(pressing(asker, action), action, services);
    case 'ask-mark-primary':
      return askMarkPrimary(asker, action, services);
    case 'mark-primary':
      return markPrimary(pressing(asker, action), action, services);
    case 'ask-reject-email':
      return askRejectEmail(asker, action, services);
    case 'reject-email':
      return rejectEmail(pressing(asker, action), action, services);
    case 'request-approval':
      return requestApproval(asker, action, services);
    case 'decide-request':
      return decideRequest(asker, action, services);
    case 'show-mailbox':
      return showMailbox(asker, action, services);
    case 'show-alerts':
      return showAlerts(asker, action, services);
    case 'show-outbox':
      return showOutbox(asker, action, services);
    case 'show-waiting':
      return showWaiting(asker, action, services);
    case 'hold-waiting':
      return holdWaiting(pressing(asker, action), action, services);
    case 'release-waiting':
      return releaseWaiting(pressing(asker, action), action, services);
    case 'ask-cancel-waiting':
      return askCancelWaiting(asker, action, services);
    case 'cancel-waiting':
      return cancelWaiting(pressing(asker, action), action, services);
    case 'show-topic':
      return showTopic(asker, action, services);
    case 'show-test-run':
      return showTestRun(asker, action, services);
    case 'rate-answer':
      return rateAnswer(asker, action, services);
    case 'list-unanswered':
      return listUnanswered(asker, services);
    case 'show-unanswered':
      return showUnanswered(asker, action, services);
    case 'dismiss-unanswered':
      return dismissUnanswered(asker, action, services);
    case 'edit-article':
      return editArticle(asker, action, services);
    case 'edit-part':
      return editPart(asker, action, services);
    case 'save-part':
      return savePart(asker, action, services);
    case 'preview-article':
      return previewArticle(asker, action, services);
    case 'publish-article':
      return publishArticle(asker, action, services);
    case 'discard-draft':
      return discardDraft(asker, action, services);
    case 'article-history':
      return articleHistory(asker, action, services);
    case 'roll-back-article':
      return rollBackArticle(asker, action, services);
    case 'check-set-up':
      return checkSetUp(asker, action, services);
    case 'show-profile':
      return showProfile(asker, action, services);
    case 'edit-profile':
      return editProfile(asker, action, services);
    case 'preview-profile':
      return previewProfile(asker, action, services);
    case 'preview-change':
      return previewChange(asker, action, services);
    case 'change-profile':
      return changeProfile(pressing(asker, action), action, services);
    case 'ask-act-method':
      return askActMethod(asker, action, services);
    case 'change-act-method':
      return changeActMethod(pressing(asker, action), action, services);
    case 'ask-set-active':
      return askSetActive(asker, action, services);
    case 'set-active':
      return setActive(pressing(asker, action), action, services);
    case 'copy-for-support':
      return copyForSupport(asker, action, services);
    case 'start-guide':
      return startGuide(asker, action, services);
    case 'show-guide':
      return showGuide(asker, action, services);
    case 'mark-step':
      return markStep(asker, action, services);
    case 'turn-guide':
      return turnGuide(asker, action, services);
    case 'continue-guide':
      return continueGuide(asker, action, services);
    case 'resume-guide':
      return resumeGuide(asker, action, services);
    case 'solve-guide':
      return solveGuide(asker, action, services);
    case 'test-guide':
      return testGuide(pressing(asker, action), action, services);
    case 'set-language':
      return setLanguage(asker, action, services);
    case 'help':
      return showHelp(asker);
  }
}

/**
 * Two quick presses, a client that tries again under a new activity id, Action.Submit beside
 * Action.Execute: one wish, which the button's key tells. The key comes from outside and counts for
 * nobody but who sent it. Requests and decisions need none: only one request of a person waits at a
 * time, a new one after a rejection is a new wish, and a request is decided once.
 */
function pressing(
  asker: Asker,
  { verb, pressKey }: { readonly verb: string; readonly pressKey: string },
): Asker {
  return { ...asker, idempotencyKey: `${asker.person.id}:${verb}:${pressKey}` };
}
