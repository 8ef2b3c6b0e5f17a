import type { MailboxView, RejectionView } from '../../cards/index.ts';
import { disablesAtMs } from '../../services/domain/failure-policy.ts';
import { fixesFor } from '../../services/domain/fixes.ts';
import type { MailboxId } from '../../services/domain/ids.ts';
import {
  DIRECTIONS,
  type Direction,
  healthOf,
  type Mailbox,
} from '../../services/domain/mailbox.ts';
import { rejectionId } from '../../services/domain/rejection.ts';
import { type Instant, instantOf } from '../../services/domain/time.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mailboxById } from '../../services/sync-engine/index.ts';
import { allowedActions, mayFix } from './allowed-actions.ts';
import { type Viewer, viewerSees } from './viewer.ts';
import { contextOf, type MailboxContext, nameOf, type World } from './world.ts';

export async function mailboxView(
  world: World,
  context: MailboxContext,
  viewer: Viewer,
  t: Translator,
): Promise<MailboxView> {
  const { mailbox, profile, organization } = context;
  const [ownerName, approvedByName, rejection, openAlerts] = await Promise.all([
    nameOf(world, mailbox.ownerId),
    mailbox.approval.state === 'approved' ? nameOf(world, mailbox.approval.decidedBy) : null,
    mailbox.approval.state === 'rejected' ? rejectionView(world, mailbox) : null,
    world.engine.openAlerts(mailbox.id),
  ]);
  const titles = openAlerts.map((alert): [string, string] => [
    alert.topic,
    world.knowledge.article(alert.topic)?.title[t.language] ?? alert.topic,
  ]);
  const disablesAt: Partial<Record<Direction, Instant>> = {};
  for (const direction of DIRECTIONS) {
    const at = disablesAtMs(mailbox.directions[direction]);
    if (at !== null) disablesAt[direction] = instantOf(at);
  }
  return {
    mailbox,
    health: healthOf(mailbox),
    profile,
    ownerName,
    approvedByName,
    rejection,
    openAlerts,
    disablesAt,
    alertTitles: Object.fromEntries(titles),
    allowed: allowedActions(viewer, mailbox, profile, organization),
    fixes: profile !== null && mayFix(viewer) ? fixesFor(mailbox, profile) : [],
  };
}

async function rejectionView(
  world: World,
  { id, approval: { decidedBy, decidedAt } }: Mailbox,
): Promise<RejectionView> {
  const kept =
    decidedBy === null
      ? undefined
      : await world.store.get('rejections', rejectionId(id, decidedBy));
  const byName = await nameOf(world, decidedBy);
  return { byName, at: decidedAt, reason: kept?.reason ?? null };
}

/** Null when there is no such mailbox, or this viewer may not see it: both look the same. */
export async function visibleContext(
  world: World,
  id: MailboxId,
  viewer: Viewer,
): Promise<MailboxContext | null> {
  const mailbox = await mailboxById(world.engine, id);
  if (mailbox === undefined) return null;
  const context = await contextOf(world, mailbox);
  return viewerSees(viewer, mailbox, context.profile) ? context : null;
}
