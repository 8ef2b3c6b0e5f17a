import type { MailboxId } from '../../domain/ids.ts';
import { waits } from '../../domain/outgoing-message.ts';
import { pendingReason } from '../pending-reason.ts';
import type { PendingMessage } from '../sync-engine.ts';
import type { EngineParts } from './engine-parts.ts';
import { readMailbox } from './mailbox-records.ts';

export async function pendingMessages(
  { registry, store }: EngineParts,
  mailboxId: MailboxId,
): Promise<readonly PendingMessage[]> {
  const registered = registry.mailboxes.get(mailboxId);
  const organization =
    registered === undefined ? undefined : registry.organizations.get(registered.organizationId);
  if (registered === undefined || organization === undefined) return [];
  const used = registered.profileId === null ? null : registry.profiles.get(registered.profileId);
  const why = pendingReason(
    await readMailbox(store, registered),
    used?.profile ?? null,
    organization,
  );
  const messages = await store.find('outgoingMessages', { mailboxId });
  return messages
    .filter((message) => waits(message) || message.state === 'held')
    .sort((a, b) => a.submittedAt.localeCompare(b.submittedAt))
    .map((message) => ({ message, why: message.state === 'held' ? 'held' : why }));
}
