import type { ApprovalRequestView } from '../../cards/index.ts';
import type { ApprovalRequest } from '../../services/domain/approval-request.ts';
import { mayApprove } from '../../services/domain/permission.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mailboxView } from './mailbox-view.ts';
import type { Viewer } from './viewer.ts';
import { type MailboxContext, nameOf, type World, whoDecides } from './world.ts';

export async function approvalRequestView(
  world: World,
  request: ApprovalRequest,
  context: MailboxContext,
  viewer: Viewer,
  t: Translator,
): Promise<ApprovalRequestView> {
  const decidedBy = request.state === 'pending' ? null : request.decidedBy;
  const decides = request.state === 'pending' && mayDecide(context, viewer);
  const [mailbox, requestedByName, decidedByName, deciders] = await Promise.all([
    mailboxView(world, context, viewer, t),
    nameOf(world, request.requestedBy),
    nameOf(world, decidedBy),
    request.state === 'pending' && !decides ? whoDecides(world, context) : null,
  ]);
  return {
    request,
    mailbox,
    requestedByName: requestedByName ?? '–',
    decidedByName,
    mayDecide: decides,
    whoDecides: deciders,
  };
}

export function mayDecide({ profile, organization }: MailboxContext, viewer: Viewer): boolean {
  if (viewer.kind === 'conversation') return true;
  if (profile === null || organization === null) return false;
  return mayApprove(viewer.person, profile, organization).allowed;
}
