import type { MailboxId, ProfileId } from '../../domain/ids.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import { instantOf } from '../../domain/time.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import type { MailboxReader, ReadMailbox } from './mailbox-reader.ts';
import type { Doing, Reading, RecordSeen } from './record-seen.ts';
import type { Telling } from './telling.ts';
import type { Asking } from './web-api.ts';
import type { Weighing } from './weigh-profile-change.ts';

/** What changing mailboxes and profiles takes beside the Web API. */
export interface ChangesParts extends DataverseParts, Pick<Weighing, 'organization' | 'owners'> {
  readonly reader: Pick<MailboxReader, 'read' | 'emails'>;
  readonly seen: Pick<RecordSeen, 'record'>;
  readonly recordProfile: (
    profile: EmailServerProfile,
    version: number,
    doing: Doing<EmailServerProfile>,
  ) => Promise<void>;
  readonly profile: (id: ProfileId) => Promise<EmailServerProfile | undefined>;
  readonly telling: Pick<Telling, 'tell'>;
}

export type FreshMailbox = ReadMailbox & Reading;

/** The mailbox as it is now, to be compared with what people were told of it. */
export async function freshMailbox(
  { reader, scheduler }: Pick<ChangesParts, 'reader' | 'scheduler'>,
  id: MailboxId,
  asking: Asking,
): Promise<FreshMailbox | undefined> {
  const readAt = instantOf(scheduler.now());
  const [found] = await reader.read([id], asking);
  return found && { ...found, readAt };
}

/** A question has no end of its own: the client's deadlines end it. */
export const asPerson = (signal = new AbortController().signal): Asking => ({
  signal,
  priority: 'person',
});
