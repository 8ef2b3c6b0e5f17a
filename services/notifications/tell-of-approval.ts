import { type Directory, whoMayApprove } from '../directory/index.ts';
import type { UserId } from '../domain/ids.ts';
import { needsApproval } from '../domain/permission.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import type { Transaction } from '../store/index.ts';
import { mailboxById, type SyncEngine } from '../sync-engine/index.ts';
import { enqueueSend } from './outbox.ts';

interface Known {
  readonly engine: Pick<SyncEngine, 'findMailboxes' | 'profile' | 'organization'>;
  readonly directory: Directory;
  readonly now: () => number;
}

/** The owner hears that their address was rejected; they and the approvers, that an approval was reset. */
export async function tellOfApproval(
  event: SyncEvent,
  known: Known,
  transaction: Transaction,
): Promise<void> {
  if (event.kind === 'approval-changed' && !event.approved) {
    const mailbox = await mailboxById(known.engine, event.mailboxId);
    const ownerId = mailbox?.ownerId ?? null;
    // Who rejected the address of their own mailbox knows.
    if (ownerId === null || ownerId === event.by) return;
    const reference = { card: 'rejected-address', mailboxId: event.mailboxId } as const;
    await enqueueSend(transaction, event.id, ownerId, reference, known.now());
  }
  if (event.kind === 'address-changed' && event.approvalReset) {
    const { mailboxId, formerAddress, address } = event;
    const reference = { card: 'address-changed', mailboxId, formerAddress, address } as const;
    for (const userId of await whoMustKnow(event, known)) {
      await enqueueSend(transaction, event.id, userId, reference, known.now());
    }
  }
}

/** Nobody, where mail flows without an approval. */
async function whoMustKnow(
  { mailboxId }: SyncEvent,
  { engine, directory }: Known,
): Promise<ReadonlySet<UserId>> {
  const mailbox = await mailboxById(engine, mailboxId);
  if (mailbox === undefined || mailbox.profileId === null) return new Set();
  const [profile, organization] = await Promise.all([
    engine.profile(mailbox.profileId),
    engine.organization(mailbox.organizationId),
  ]);
  if (profile === undefined || organization === undefined) return new Set();
  if (!mailbox.active || !needsApproval(mailbox, profile, organization)) return new Set();
  const approvers = await whoMayApprove(directory, profile, organization);
  const owner = mailbox.ownerId === null ? [] : [mailbox.ownerId];
  return new Set([...owner, ...approvers.map(({ id }) => id)]);
}
