import type { AllowedActions } from '../../cards/index.ts';
import type { Mailbox } from '../../services/domain/mailbox.ts';
import type { Organization } from '../../services/domain/organization.ts';
import {
  mayAdminister,
  mayApprove,
  mayDecideWaiting,
  mayTestAndEnable,
  needsApproval,
} from '../../services/domain/permission.ts';
import { isHeldElsewhere } from '../../services/domain/primary-organization.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';
import type { Viewer } from './viewer.ts';

/** Buttons worth offering: the mailbox needs them and this viewer may press them. */
export function allowedActions(
  viewer: Viewer,
  mailbox: Mailbox,
  profile: EmailServerProfile | null,
  organization: Organization | null,
): AllowedActions {
  const testable = mailbox.active && profile !== null;
  const known = profile !== null && organization !== null;
  const rejected = mailbox.approval.state === 'rejected';
  const needed = known && needsApproval(mailbox, profile, organization);
  // A rejection can be taken back also where nothing waits for an approval.
  const approvable = needed || (known && rejected);
  if (viewer.kind === 'conversation') {
    // Nobody in particular: whoever may not is told so at the click, and offered to ask. Rejecting
    // and deactivating are left to cards of one's own.
    return {
      testAndEnable: testable,
      approvesItself: false,
      approve: approvable,
      requestApproval: false,
      reject: false,
      showOutbox: true,
      decideWaiting: true,
      markPrimary: testable && isHeldElsewhere(mailbox),
      activate: !mailbox.active,
      deactivate: false,
    };
  }
  const administers = mayAdminister(viewer.person).allowed;
  const test = mayTestAndEnable(viewer.person, mailbox, organization);
  const approval = known ? mayApprove(viewer.person, profile, organization) : null;
  const approvesItself = testable && needed && test.selfApproves;
  return {
    testAndEnable: testable && test.allowed,
    approvesItself,
    approve: approvable && approval?.allowed === true,
    requestApproval:
      approvable && !approvesItself && approval?.allowed === false && approval.askRoles.length > 0,
    reject: testable && !rejected && approval?.allowed === true,
    showOutbox: true,
    decideWaiting: mayDecideWaiting(viewer.person, mailbox).allowed,
    markPrimary: testable && administers && isHeldElsewhere(mailbox),
    activate: !mailbox.active && administers,
    deactivate: mailbox.active && administers,
  };
}

/** To everybody in a shared conversation: whoever may not is told so at the click. */
export function mayFix(viewer: Viewer): boolean {
  return viewer.kind === 'conversation' || mayAdminister(viewer.person).allowed;
}
