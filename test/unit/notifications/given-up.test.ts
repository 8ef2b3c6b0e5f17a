import { describe, expect, it } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import { supersedes } from '../../../services/domain/superseded-events.ts';
import type { SyncEvent } from '../../../services/domain/sync-event.ts';
import { createWorld, disabled, failureOf, retrying } from './notification-world.ts';

const quota = failureOf({ scope: 'mailbox', reason: 'quota-exceeded' });

describe('a direction that somebody switched off in the system of record', () => {
  it('ends its incident as given up, which is not to say that it works', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', retrying(1, world.scheduler.now(), quota));
    await world.happens('anna', { kind: 'direction-given-up', direction: 'incoming' });
    const [incident] = await world.incidents();
    expect(incident?.state).toBe('closed');
    expect(incident?.steps.map(({ kind }) => kind)).toEqual(['retrying', 'given-up']);
  });

  it('does so with all directions of a mailbox that was deactivated', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', retrying(1, world.scheduler.now(), quota));
    const sending = { ...disabled(quota), direction: 'outgoing' } as ReturnType<typeof disabled>;
    await world.happens('anna', sending);
    await world.happens('anna', { kind: 'mailbox-deactivated', by: idOf('admin') });
    const incidents = await world.incidents();
    expect(incidents.map(({ state }) => state)).toEqual(incidents.map(() => 'closed'));
    expect(incidents[0]?.steps.at(-1)?.kind).toBe('given-up');
  });

  it('is no news to anybody while nothing was wrong with it', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', { kind: 'direction-given-up', direction: 'incoming' });
    await world.settled();
    expect(world.messenger.asked).toEqual([]);
  });
});

describe('a mailbox that is another one than it was', () => {
  it('has its cards drawn anew, and nobody is told', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', disabled(quota));
    await world.settled();
    const before = world.messenger.asked.length;
    await world.happens('anna', { kind: 'mailbox-changed' });
    await world.settled();
    expect(world.messenger.asked.slice(before).filter(({ kind }) => kind === 'send')).toEqual([]);
    expect((await world.incidents()).map(({ state }) => state)).toEqual(['disabled']);
  });

  it('needs not be told once anything later is told of it', () => {
    const about = { at: '2026-11-23T12:00:00.000Z', profileId: null } as const;
    const changed: SyncEvent = {
      id: idOf('e1'),
      mailboxId: idOf('anna'),
      ...about,
      kind: 'mailbox-changed',
    };
    const later = (mailboxId: string): SyncEvent => ({
      id: idOf('e2'),
      mailboxId: idOf(mailboxId),
      ...about,
      kind: 'direction-recovered',
      direction: 'act',
    });
    expect(supersedes(later('anna'), changed)).toBe(true);
    expect(supersedes(later('erik'), changed)).toBe(false);
  });
});
