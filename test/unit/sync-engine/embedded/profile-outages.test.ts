import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { CERTIFICATE_EXPIRED, WRONG_PASSWORD } from '../../../support/scripted-probe.ts';
import { ANNA, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const KIMS = ['kim-1', 'kim-2'].map((id) => idOf<typeof ANNA>(id));

async function threeMailboxes(): Promise<SyncWorld> {
  const world = await createSyncWorld({ credentialSource: 'mailbox' });
  await world.tested();
  for (const kim of KIMS) await world.tested(kim);
  return world;
}

const outagesOf = (world: SyncWorld) =>
  world.eventsOf('profile-outage-changed').map(({ profileId, outage }) => ({
    profileId,
    failing: outage.failing,
    mailboxes: outage.mailboxes,
    over: outage.endedAt !== null,
  }));

describe('A profile', () => {
  it('is in an outage once over half of its mailboxes fail, and until no more than half do', async () => {
    const world = await threeMailboxes();
    world.imap.answers(({ address }) => (address.startsWith('anna') ? WRONG_PASSWORD : null));
    await world.scheduler.advance(13 * MINUTE_MS);
    expect(outagesOf(world)).toEqual([]);

    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(4 * HOUR_MS);
    const begun = { profileId: 'imap', failing: 2, mailboxes: 3, over: false };
    expect(outagesOf(world)).toEqual([begun]);

    world.imap.works();
    await world.tested();
    expect(outagesOf(world)).toEqual([begun]);
    await world.tested(KIMS[0]);
    expect(outagesOf(world)).toEqual([begun, { ...begun, over: true }]);
  });

  it('is known to be in one after a restart, and it is not said again', async () => {
    const world = await threeMailboxes();
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(13 * MINUTE_MS);
    expect(outagesOf(world)).toHaveLength(1);
    const later = await world.restart({ credentialSource: 'mailbox' });
    await later.scheduler.advance(2 * HOUR_MS);
    expect(outagesOf(later)).toEqual([]);
    later.imap.works();
    await later.scheduler.advance(31 * MINUTE_MS);
    expect(outagesOf(later)).toMatchObject([{ over: true }]);
  });

  it('with a single mailbox is in none: that it fails says as much', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(HOUR_MS);
    expect(outagesOf(world)).toEqual([]);
  });
});
