import type { EmailServerProfile } from '../../domain/profile.ts';
import type { SeenProfile } from '../../domain/seen-mailbox.ts';
import type { SyncEvent } from '../../domain/sync-event.ts';
import type { Transaction } from '../../store/index.ts';
import type { SyncEngine } from '../sync-engine.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import type { Doing } from './record-seen.ts';
import type { Telling } from './telling.ts';

type ChangedPart = Extract<SyncEvent, { readonly kind: 'profile-changed' }>['part'];

/** What of a profile is another value, as its cards show it. */
function changedParts(
  before: EmailServerProfile,
  after: EmailServerProfile,
): readonly ChangedPart[] {
  const { location, autodiscover, incoming, outgoing, ...settings } = before;
  const { location: nowAt, autodiscover: nowSought, ...now } = after;
  const { incoming: nowIn, outgoing: nowOut, ...nowSet } = now;
  const pairs: readonly (readonly [ChangedPart, unknown, unknown])[] = [
    ['location', [location, autodiscover], [nowAt, nowSought]],
    ['incoming', incoming, nowIn],
    ['outgoing', outgoing, nowOut],
    ['settings', settings, nowSet],
  ];
  const changed = pairs.filter(([, was, is]) => spelled(was) !== spelled(is));
  // Where Exchange is, both ways lead there: one change, told once.
  const moved = changed.some(([part]) => part === 'location');
  return changed.map(([part]) => part).filter((part) => !moved || !isEndpoint(part));
}

const isEndpoint = (part: ChangedPart): boolean => part === 'incoming' || part === 'outgoing';

/** Equal for equal values, whatever the order of their fields. */
function spelled(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export interface RecordProfileParts extends Pick<DataverseParts, 'store' | 'organizationId'> {
  readonly telling: Telling;
  readonly around: Pick<SyncEngine, 'organization'>;
}

/**
 * Makes a reading of a profile count: told once to those who look at its mailboxes. One that is new,
 * or that no mailbox uses, is news to nobody.
 */
export async function recordProfile(
  { store, organizationId, telling, around }: RecordProfileParts,
  profile: EmailServerProfile,
  version: number,
  doing?: Doing<EmailServerProfile>,
): Promise<void> {
  const isNews = (known: SeenProfile | undefined): boolean =>
    known === undefined || version > known.version;
  if (doing?.also === undefined && !isNews(await store.get('seenProfiles', profile.id))) return;
  const organization = await around.organization(organizationId);

  async function tellChange(transaction: Transaction, before: EmailServerProfile): Promise<void> {
    const parts = changedParts(before, profile);
    const users = await transaction.find('seenMailboxes', { profileId: profile.id });
    const [first] = users;
    if (first === undefined || parts.length === 0) return;
    const mailboxIds = users.map(({ id }) => id);
    const by = doing?.by ?? null;
    const events = parts.map(
      (part) => ({ kind: 'profile-changed', part, mailboxIds, by }) as const,
    );
    await telling.tell(transaction, { mailbox: first.mailbox, profile, organization }, events);
  }

  await store.transact(async (transaction) => {
    const known = await transaction.get('seenProfiles', profile.id);
    if (isNews(known)) {
      await transaction.put('seenProfiles', { id: profile.id, organizationId, profile, version });
      const before = known?.profile ?? doing?.before;
      if (before !== undefined) await tellChange(transaction, before);
    }
    await doing?.also?.(transaction);
  });
}
