import type { Directory } from '../directory/index.ts';
import type { UserId } from '../domain/ids.ts';
import type { Incident } from '../domain/incident.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import type { EmailServerProfile } from '../domain/profile.ts';

export interface Recipients {
  /** Somebody always must act: without an owner it is the System administrators. */
  readonly mustAct: readonly UserId[];
  /** Affected, with nothing to do ("no action is required", domain.md §6.2). */
  readonly informed: readonly UserId[];
}

/** Who is told about a failure: the owner of what is broken acts, owners of what suffers are informed. */
export async function recipientsOf(
  incident: Incident,
  mailbox: Mailbox,
  profile: EmailServerProfile | undefined,
  directory: Directory,
): Promise<Recipients> {
  const responsible = incident.scope === 'profile' ? (profile?.ownerId ?? null) : mailbox.ownerId;
  const mustAct =
    responsible === null
      ? (await directory.withRole('system-administrator')).map((person) => person.id)
      : [responsible];
  const affected =
    incident.scope === 'profile' && mailbox.ownerId !== null && !mustAct.includes(mailbox.ownerId)
      ? [mailbox.ownerId]
      : [];
  return { mustAct, informed: affected };
}
