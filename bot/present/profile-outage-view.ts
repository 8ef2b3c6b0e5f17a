import type { ProfileOutageView } from '../../cards/index.ts';
import { DIRECTIONS, type Mailbox } from '../../services/domain/mailbox.ts';
import { mayActForProfile } from '../../services/domain/permission.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { Viewer } from './viewer.ts';
import type { World } from './world.ts';

/** What a person can take in at once; the wall has them all. */
const SHOWN = 3;

/** Null when it is gone, or not this viewer's concern. */
export async function profileOutageView(
  world: World,
  outageId: string,
  viewer: Viewer,
  t: Translator,
): Promise<ProfileOutageView | null> {
  const outage = await world.store.get('profileOutages', outageId);
  const profile = outage === undefined ? undefined : await world.engine.profile(outage.profileId);
  if (outage === undefined || profile === undefined || viewer.kind !== 'person') return null;
  if (!mayActForProfile(viewer.person, profile)) return null;
  const wall = { of: 'profile', profileId: outage.profileId } as const;
  const open = await world.engine.alerts({ wall, state: 'open', limit: SHOWN });
  const hits = await world.engine.findMailboxes({ by: 'profile', profileId: outage.profileId });
  const { id, roles } = viewer.person;
  const standsIn = profile.ownerId === null && roles.includes('system-administrator');
  return {
    outage,
    profileName: profile.name,
    toldAs: profile.ownerId === id ? 'owner' : standsIn ? 'administrator' : null,
    someDisabled: hits.some(({ mailbox }) => hasDisabled(mailbox)),
    // Who may act for the profile sees each of its mailboxes.
    shownThrough: (hits.find(({ mailbox }) => hasDisabled(mailbox)) ?? hits[0])?.mailbox.id ?? null,
    conditions: open.map(({ alert }) => ({
      alert,
      title: world.knowledge.article(alert.topic)?.title[t.language] ?? alert.topic,
    })),
  };
}

function hasDisabled({ directions }: Mailbox): boolean {
  return DIRECTIONS.some((direction) => directions[direction].disabledAt !== null);
}
