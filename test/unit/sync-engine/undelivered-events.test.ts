import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import { HELD_MS } from '../../../services/domain/superseded-events.ts';
import type { SyncEvent } from '../../../services/domain/sync-event.ts';
import { HOUR_MS, instantOf, MINUTE_MS } from '../../../services/domain/time.ts';
import { createUndeliveredEvents } from '../../../services/sync-engine/remote/undelivered-events.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { PORT_REFUSED } from '../../support/scripted-probe.ts';

type Kind =
  | 'direction-confirming'
  | 'direction-recovered'
  | 'server-answers-again'
  | 'direction-enabled'
  | 'approval-changed';
const MUST_BE_HEARD: readonly string[] = ['direction-enabled', 'approval-changed'];

function createWorld() {
  const clock = createFakeScheduler();
  const store = createMemoryStore({ clock });
  const events = createUndeliveredEvents({ store, clock });
  let number = 0;
  async function raise(
    kind: Kind,
    direction: 'incoming' | 'outgoing' = 'incoming',
  ): Promise<string> {
    number += 1;
    const about = {
      id: idOf<never>(`e${number}`),
      at: instantOf(clock.now()),
      mailboxId: idOf<never>('anna'),
      profileId: null,
    };
    const bodies: Readonly<Record<Kind, object>> = {
      'direction-confirming': { direction, failure: PORT_REFUSED },
      'direction-recovered': { direction },
      'server-answers-again': { direction, pendingSend: 0 },
      'direction-enabled': { direction, by: idOf('admin') },
      'approval-changed': { approved: true, by: idOf('admin') },
    };
    const event = { ...about, kind, ...bodies[kind] } as unknown as SyncEvent;
    await store.transact((transaction) => events.sink(event, transaction));
    return event.id;
  }
  const waiting = () => events.oldest(1_000).map(({ event }) => event.id as string);
  return { clock, store, events, raise, waiting };
}

describe('events that nobody fetches', () => {
  it('are all kept for ten minutes: a bot that is restarted is told every step', async () => {
    const { clock, raise, waiting } = createWorld();
    await raise('direction-confirming');
    await clock.advance(HELD_MS - 1);
    await raise('direction-recovered');
    expect(waiting()).toEqual(['e1', 'e2']);
  });

  it('make room for a later one of the same direction, which counts what it stands for', async () => {
    const { clock, store, events, raise, waiting } = createWorld();
    for (let times = 0; times < 50; times++) {
      await raise('direction-confirming');
      await raise('direction-confirming', 'outgoing');
      await clock.advance(HOUR_MS);
      await raise('direction-recovered');
      await clock.advance(HOUR_MS);
    }
    expect(waiting()).toEqual(['e149', 'e150']);
    expect(await store.find('undeliveredEvents')).toHaveLength(2);
    expect(events.counts()).toEqual({ waiting: 2, superseded: 148 });
  });

  it('are never left out where people must hear of them, whatever came later; the last one stays', async () => {
    const kinds = fc.array(
      fc.tuple(
        fc.constantFrom<Kind[]>(
          'direction-confirming',
          'direction-recovered',
          'server-answers-again',
          'direction-enabled',
          'approval-changed',
        ),
        fc.constantFrom('incoming', 'outgoing'),
        fc.nat(30),
      ),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(kinds, async (raised) => {
        const { clock, events, raise, waiting } = createWorld();
        const important: string[] = [];
        let last = '';
        for (const [kind, direction, minutes] of raised) {
          last = await raise(kind, direction);
          if (MUST_BE_HEARD.includes(kind)) important.push(last);
          await clock.advance(minutes * MINUTE_MS);
        }
        const left = waiting();
        expect(left.at(-1)).toBe(last);
        expect(left.filter((id) => important.includes(id))).toEqual(important);
        const { waiting: open, superseded } = events.counts();
        expect(open + superseded).toBe(raised.length);
      }),
      { numRuns: 40 },
    );
  });

  it('are told in order after a restart, with what they stand for', async () => {
    const { clock, store, raise } = createWorld();
    await raise('direction-confirming');
    await clock.advance(HOUR_MS);
    await raise('approval-changed');
    await raise('direction-recovered');
    const again = createUndeliveredEvents({ store, clock });
    await again.load();
    expect(again.oldest(9).map(({ event, superseded }) => [event.id, superseded])).toEqual([
      ['e2', undefined],
      ['e3', 1],
    ]);
  });

  it('are gone when they are confirmed, but for the newest, which keeps the place', async () => {
    const { store, events, raise, waiting } = createWorld();
    await raise('approval-changed');
    await raise('direction-enabled');
    await events.confirm(events.newest()!);
    expect(waiting()).toEqual([]);
    expect(events.newest()).toBeNull();
    expect(await store.find('undeliveredEvents')).toHaveLength(1);
  });
});
