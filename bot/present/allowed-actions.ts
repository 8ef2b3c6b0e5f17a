import type { AllowedActions } from '../../cards/index.ts';
import type { Mailbox } from '../../services/domain/mailbox.ts';
import type { Organization } from '../../services/domain/organization.ts';
import {
  mayAdminister,
  mayApprove,
  mayDecideWaiting,
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
  const approvable =
    profile !== null && organization !== null && needsApproval(mailbox, profile, organization);
  if (viewer.kind === 'conversation') {
    // Nobody in particular: whoever may not is told so at the click, and offered to ask.
    return {
      testAndEnable: testable,
      approve: approvable,
      requestApproval: false,
      showOutbox: true,
      decideWaiting: true,
      markPrimary: testable && isHeldElsewhere(mailbox),
    };
  }
  const approval = approvable ? mayApprove(viewer.person, profile, organization) : null;
  const mayTest = testable && mayAdminister(viewer.person).allowed;
  return {
    testAndEnable: mayTest,
    approve: approval?.allowed === true,
    requestApproval: approval?.allowed === false && approval.askRoles.length > 0,
    showOutbox: true,
    decideWaiting: mayDecideWaiting(viewer.person, mailbox).allowed,
    markPrimary: mayTest && isHeldElsewhere(mailbox),
  };
}
