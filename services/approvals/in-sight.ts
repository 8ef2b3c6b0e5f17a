import type { MailboxId, UserId } from '../domain/ids.ts';
import { carriedAddress, type Mailbox } from '../domain/mailbox.ts';
import type { Organization } from '../domain/organization.ts';
import { maySee } from '../domain/permission.ts';
import type { Person } from '../domain/person.ts';
import type { EmailServerProfile } from '../domain/profile.ts';
import { AppError } from '../observability/index.ts';
import { mailboxById } from '../sync-engine/index.ts';
import type { ApprovalParts } from './approval-parts.ts';

export interface InSight {
  /** As the directory knows the person now, not as the card did when it was drawn. */
  readonly person: Person;
  readonly mailbox: Mailbox;
  readonly profile: EmailServerProfile | null;
  readonly organization: Organization;
}

/** A mailbox as this person may see it; null both where there is none and where it is none of theirs. */
export async function mailboxInSight(
  { engine, directory }: Pick<ApprovalParts, 'engine' | 'directory'>,
  mailboxId: MailboxId,
  userId: UserId,
): Promise<InSight | null> {
  const [person, mailbox] = await Promise.all([
    directory.person(userId),
    mailboxById(engine, mailboxId),
  ]);
  if (person === undefined || mailbox === undefined) return null;
  const profile =
    mailbox.profileId === null ? null : ((await engine.profile(mailbox.profileId)) ?? null);
  if (!maySee(person, mailbox, profile)) return null;
  const organization = await engine.organization(mailbox.organizationId);
  if (organization === undefined) {
    throw new AppError('unexpected', `mailbox ${mailbox.id} belongs to no organization`);
  }
  return { person, mailbox, profile, organization };
}

/** An approval is given to an address: a card may be older than the one that the mailbox has now. */
export function hasAnotherAddress(mailbox: Mailbox, seen: string | null): boolean {
  return seen !== null && seen.toLowerCase() !== carriedAddress(mailbox);
}
