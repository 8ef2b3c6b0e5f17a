import type { Failure } from '../../domain/failure.ts';
import type { UserId } from '../../domain/ids.ts';
import { DIRECTIONS } from '../../domain/mailbox.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import {
  hasPrimaryOrganization,
  type PrimaryOrganization,
  primaryOrganizationId,
} from '../../domain/primary-organization.ts';
import { instantOf } from '../../domain/time.ts';
import type { Reader, Transaction } from '../../store/index.ts';
import type { Attempted } from './attempt.ts';
import type { EngineParts } from './engine-parts.ts';
import { readState, stateOf } from './mailbox-records.ts';
import { recordFailure } from './record-failure.ts';
import type { RegisteredMailbox, RegisteredProfile, Registry } from './registry.ts';

/** Why this mailbox may not synchronize: its address belongs to another organization. */
export async function otherOrganization(
  { registry }: Pick<EngineParts, 'registry'>,
  reader: Reader,
  registered: RegisteredMailbox,
): Promise<Failure | null> {
  if (exchangeProfileOf(registry, registered) === null) return null;
  const primary = await reader.get(
    'primaryOrganizations',
    primaryOrganizationId(registered.address),
  );
  if (primary === undefined || primary.organizationId === registered.organizationId) return null;
  return heldBy(registry, primary);
}

/** What an attempt has seen of the server counts only in the primary organization, which may have changed meanwhile. */
export async function unlessOtherOrganization<Outcome extends Attempted>(
  parts: Pick<EngineParts, 'registry'>,
  transaction: Transaction,
  registered: RegisteredMailbox,
  attempted: Outcome,
): Promise<Outcome | Extract<Attempted, { outcome: 'failed' }>> {
  if (attempted.outcome !== 'passed') return attempted;
  const failure = await otherOrganization(parts, transaction, registered);
  if (failure === null) return attempted;
  const { protocol, stages } = attempted;
  return { outcome: 'failed', protocol, stages, failure };
}

/**
 * The first organization in which a test passes is the primary one; later ones only if they say so.
 * Mailboxes of the same address elsewhere are stopped, and their owners told, in the same transaction.
 */
export async function becomePrimary(
  parts: EngineParts,
  transaction: Transaction,
  registered: RegisteredMailbox,
  by: UserId,
): Promise<void> {
  const { registry, scheduler } = parts;
  if (exchangeProfileOf(registry, registered) === null) return;
  const id = primaryOrganizationId(registered.address);
  const before = await transaction.get('primaryOrganizations', id);
  if (before?.organizationId === registered.organizationId) return;
  const primary: PrimaryOrganization = {
    id,
    organizationId: registered.organizationId,
    mailboxId: registered.id,
    since: instantOf(scheduler.now()),
    by,
  };
  await transaction.put('primaryOrganizations', primary);
  for (const other of sharingAddress(registry, registered)) {
    await stop(parts, transaction, other, heldBy(registry, primary));
  }
}

/** Where several organizations were synchronizing an address before this engine took over, the first named stays. */
export async function noteEnabledPrimaries(parts: EngineParts): Promise<void> {
  const { registry, store, scheduler } = parts;
  const seen = new Map<string, RegisteredMailbox[]>();
  for (const registered of registry.mailboxes.values()) {
    if (exchangeProfileOf(registry, registered) === null) continue;
    const id = primaryOrganizationId(registered.address);
    seen.set(id, [...(seen.get(id) ?? []), registered]);
  }
  for (const [id, sharing] of seen) {
    if (sharing.length < 2) continue;
    await store.transact(async (transaction) => {
      if ((await transaction.get('primaryOrganizations', id)) !== undefined) return;
      for (const registered of sharing) {
        const state = await readState(transaction, registered);
        if (!isEnabled(state)) continue;
        await transaction.put('primaryOrganizations', {
          id,
          organizationId: registered.organizationId,
          mailboxId: registered.id,
          since: instantOf(scheduler.now()),
          by: null,
        });
        return;
      }
    });
  }
}

async function stop(
  parts: EngineParts,
  transaction: Transaction,
  registered: RegisteredMailbox,
  failure: Failure,
): Promise<void> {
  const used = exchangeProfileOf(parts.registry, registered);
  if (used === null) return;
  let state = stateOf(registered, await transaction.get('mailboxStates', registered.id));
  for (const direction of DIRECTIONS) {
    if (!state.directions[direction].enabled) continue;
    const where = { transaction, registered, profile: used.profile, direction, state };
    state = (await recordFailure(parts, where, failure)).state;
  }
}

function* sharingAddress(
  { mailboxes }: Registry,
  { id, organizationId, address }: RegisteredMailbox,
): Generator<RegisteredMailbox> {
  const wanted = primaryOrganizationId(address);
  for (const other of mailboxes.values()) {
    if (other.id === id || other.organizationId === organizationId) continue;
    if (primaryOrganizationId(other.address) === wanted) yield other;
  }
}

function heldBy({ organizations }: Registry, primary: PrimaryOrganization): Failure {
  const name = organizations.get(primary.organizationId)?.name ?? primary.organizationId;
  return {
    scope: 'mailbox',
    nature: 'permanent',
    stage: 'authorise',
    reason: 'other-organization',
    needsConfirmation: false,
    evidence: [{ label: 'primary-organization', value: name }],
  };
}

function exchangeProfileOf(
  { profiles }: Registry,
  { profileId }: RegisteredMailbox,
): RegisteredProfile | null {
  const used = profileId === null ? undefined : profiles.get(profileId);
  return used !== undefined && hasPrimaryOrganization(used.profile.serverType) ? used : null;
}

function isEnabled({ directions }: MailboxState): boolean {
  return DIRECTIONS.some((direction) => directions[direction].enabled);
}
