import type { Alert } from '../../domain/alert.ts';
import { type AlertQuery, asOnTheWall, type WallAlert } from '../../domain/alert-wall.ts';
import type { ProfileId, UserId } from '../../domain/ids.ts';
import { epochMsOf, HOUR_MS, instantOf } from '../../domain/time.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import type { MailboxReader, ReadMailbox } from './mailbox-reader.ts';
import { literal } from './odata-literal.ts';
import { alertsOfMailbox } from './open-alerts.ts';
import { keyIn } from './row-values.ts';
import { toAlert } from './to-alert.ts';
import type { Asking } from './web-api.ts';

export interface AlertWalls {
  on(query: AlertQuery, asking: Asking): Promise<readonly WallAlert[]>;
}

/** On the wall of one; older ones are seen in Dynamics 365. */
const SHOWN = 50;
/** A wall says how many suffer from an alert; beyond that it says too few. */
const MOST_SUFFERING = 200;
/** Whoever owns more sees the rest in Dynamics 365. */
const MOST_OWNED = 100;
const WARNING_HOLDS_MS = 3 * HOUR_MS;
const FAILING =
  'statecode eq 0 and (incomingemailstatus eq 2 or outgoingemailstatus eq 2 or actstatus eq 2)';

export function createAlertWalls(
  { api, scheduler }: Pick<DataverseParts, 'api' | 'scheduler'>,
  reader: MailboxReader,
): AlertWalls {
  const wanted = { serious: false, each: SHOWN };

  async function ofMailboxes(
    found: readonly ReadMailbox[],
    asking: Asking,
  ): Promise<readonly Alert[]> {
    const now = instantOf(scheduler.now());
    const logs = await reader.logs.regarding(
      found.map(({ mailbox }) => mailbox.id),
      wanted,
      asking,
    );
    return found.flatMap(({ mailbox, row, alerts }) => {
      const own = alertsOfMailbox(row, logs.get(mailbox.id) ?? [], now).alerts;
      const known = new Set(own.map(({ id }) => id));
      // Those of the profile that explain a failure of the mailbox.
      return [...own, ...alerts.filter(({ id }) => !known.has(id))];
    });
  }

  async function ofProfile(id: ProfileId, asking: Asking): Promise<readonly Alert[]> {
    const logs = (await reader.logs.regarding([id], wanted, asking)).get(id) ?? [];
    if (logs.length === 0) return [];
    const suffering = await reader.find(
      { filter: `_emailserverprofile_value eq ${literal(id)} and ${FAILING}`, top: MOST_SUFFERING },
      asking,
    );
    const told = new Set<string>();
    return logs.flatMap(({ row, named }) => {
      const alert = toAlert(row, named, { profileId: null, failing: [], closedAt: null });
      if (alert === null) return [];
      if (alert.level === 'information') return [alert];
      const affected = suffering.filter((each) => suffersFrom(each, alert)).length;
      const again = told.has(alert.topic);
      told.add(alert.topic);
      const recent = scheduler.now() - epochMsOf(alert.raisedAt) < WARNING_HOLDS_MS;
      const open = !again && (affected > 0 || (alert.level === 'warning' && recent));
      return [open ? { ...alert, affected } : { ...alert, closedAt: alert.raisedAt }];
    });
  }

  async function ofPerson(id: UserId, asking: Asking): Promise<readonly Alert[]> {
    const user = await reader.people.systemUserOf(id, asking);
    const filter = await reader.owners.filterOf(id, asking);
    if (user === undefined || filter === undefined) return [];
    const profiles = await api.list(
      'emailserverprofiles',
      { select: ['emailserverprofileid'], filter: `_ownerid_value eq ${user}`, bare: true },
      asking,
    );
    const owned = profiles.flatMap((row) => keyIn(row, 'emailserverprofileid') ?? []);
    const mailboxes = await reader.find({ filter, top: MOST_OWNED }, asking);
    const walls = await Promise.all(
      owned.map((profile) => ofProfile(profile as ProfileId, asking)),
    );
    const own = await ofMailboxes(mailboxes, asking);
    // Who must act on the profile's alert need not read it again for their own mailbox.
    return [
      ...walls.flat(),
      ...own.filter(
        ({ scope, profileId }) => scope !== 'profile' || !owned.includes(profileId ?? ''),
      ),
    ];
  }

  async function allOn({ wall }: AlertQuery, asking: Asking): Promise<readonly Alert[]> {
    switch (wall.of) {
      case 'mailbox':
        return ofMailboxes(await reader.read([wall.mailboxId], asking), asking);
      case 'profile':
        return ofProfile(wall.profileId, asking);
      case 'person':
        return ofPerson(wall.userId, asking);
    }
  }

  return {
    on: async (query, asking) => asOnTheWall(await allOn(query, asking), query, scheduler.now()),
  };
}

/** The same documented alert, or a failure that nothing else explains. */
function suffersFrom({ mailbox, alerts }: ReadMailbox, { topic, id }: Alert): boolean {
  if (alerts.some((alert) => alert.topic === topic || alert.id === id)) return true;
  const failures = Object.values(mailbox.directions).map(({ lastFailure }) => lastFailure);
  return failures.some((failure) => failure !== null) && alerts.length === 0;
}
