import { type Directory, whoMayApprove } from '../../services/directory/index.ts';
import type { UserId } from '../../services/domain/ids.ts';
import type { Mailbox } from '../../services/domain/mailbox.ts';
import type { Organization } from '../../services/domain/organization.ts';
import { needsApproval } from '../../services/domain/permission.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';
import type { Knowledge } from '../../services/knowledge/index.ts';
import type { Reader } from '../../services/store/index.ts';
import type { SyncEngine } from '../../services/sync-engine/index.ts';

/** What cards are drawn from; all of it is read, nothing is changed. */
export interface World {
  readonly engine: Pick<
    SyncEngine,
    | 'kind'
    | 'findMailboxes'
    | 'organization'
    | 'profile'
    | 'openAlerts'
    | 'alerts'
    | 'processedTurns'
    | 'testRun'
    | 'pendingMessages'
    | 'setUpChanges'
    | 'waitingByDay'
    | 'earlyWarnings'
    | 'limits'
    | 'sights'
    | 'failedItems'
    | 'appointmentForms'
  >;
  readonly directory: Directory;
  readonly knowledge: Pick<Knowledge, 'article' | 'articles' | 'renderAlert'>;
  readonly store: Reader;
}

/** A mailbox with what decides about it. */
export interface MailboxContext {
  readonly mailbox: Mailbox;
  readonly profile: EmailServerProfile | null;
  readonly organization: Organization | null;
}

export async function contextOf(world: World, mailbox: Mailbox): Promise<MailboxContext> {
  const [profile, organization] = await Promise.all([
    mailbox.profileId === null ? undefined : world.engine.profile(mailbox.profileId),
    world.engine.organization(mailbox.organizationId),
  ]);
  return { mailbox, profile: profile ?? null, organization: organization ?? null };
}

export async function nameOf(world: World, id: UserId | null): Promise<string | null> {
  return id === null ? null : ((await world.directory.person(id))?.name ?? null);
}

/** Its address must be approved before mail flows. */
export function lacksApproval({ mailbox, profile, organization }: MailboxContext): boolean {
  return profile !== null && organization !== null && needsApproval(mailbox, profile, organization);
}

/** By name, who may approve its address. */
export async function whoDecides(
  { directory }: Pick<World, 'directory'>,
  { profile, organization }: MailboxContext,
): Promise<readonly string[]> {
  if (profile === null || organization === null) return [];
  const approvers = await whoMayApprove(directory, profile, organization);
  return approvers.map(({ name }) => name);
}
