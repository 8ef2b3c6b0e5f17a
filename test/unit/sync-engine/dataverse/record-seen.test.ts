import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf, type UserId } from '../../../../services/domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { compare } from '../../../../services/sync-engine/dataverse/compare.ts';
import { READ_AT, type ReadMailbox, readMailbox } from '../../../support/read-mailbox.ts';
import { createSeenWorld } from '../../../support/seen-world.ts';

const ADA = idOf<UserId>('ada');

describe('a mailbox that is seen for the first time', () => {
  it('is told to nobody, however long it has been disabled', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox({ incoming: 'disabled' }));
    expect(world.events).toEqual([]);
    expect((await world.store.get('seenMailboxes', 'berit'))?.mailbox.name).toBe('Berit Berg');
  });

  it('is told of what this bot does to it: whoever acts knows how it was before', async () => {
    const world = createSeenWorld();
    const before = readMailbox({ approval: 'pending' });
    const done = await world.read(readMailbox({ version: 2 }), { by: ADA, before });
    expect(world.events).toMatchObject([{ kind: 'approval-changed', approved: true, by: ADA }]);
    expect(done.approval).toMatchObject({ decidedBy: ADA });
  });
});

describe('what has been noticed', () => {
  it('is told once, whoever notices it again, and after a restart', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox());
    await world.read(readMailbox({ version: 2, incoming: 'disabled' }));
    await world.read(readMailbox({ version: 2, incoming: 'disabled' }));
    await world.restarted().read(readMailbox({ version: 3, incoming: 'disabled' }));
    expect(world.kinds()).toEqual(['direction-disabled']);
  });

  it('is not told again of what this bot did, nor does anybody else seem to have done it', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox({ approval: 'pending' }));
    await world.read(readMailbox({ version: 2 }), { by: ADA });
    await world.clock.advance(MINUTE_MS);
    const polled = await world.read(readMailbox({ version: 3 }));
    expect(world.kinds()).toEqual(['approval-changed']);
    expect(polled.approval).toMatchObject({ state: 'approved', decidedBy: ADA });
  });

  it('is not undone by an answer that was on its way meanwhile', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox());
    const began = world.clock.now();
    await world.clock.advance(1_000);
    await world.read(readMailbox({ version: 2, incoming: 'disabled' }));
    await world.read(readMailbox({ version: 1 }), undefined, began);
    expect(world.kinds()).toEqual(['direction-disabled']);
    const { directions } = (await world.store.get('seenMailboxes', 'berit'))!.mailbox;
    expect(directions.incoming.enabled).toBe(false);
  });

  it('of one version counts as the later reading has it: an alert came in between', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox());
    const began = world.clock.now() + 1_000;
    await world.clock.advance(2_000);
    await world.read(readMailbox({ incoming: 'retrying' }));
    await world.read(readMailbox(), undefined, began);
    expect(world.kinds()).toEqual(['direction-retrying']);
  });

  it('counts although its version is older, where an organization was restored from a backup', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox({ version: 900, incoming: 'disabled' }));
    await world.clock.advance(HOUR_MS);
    await world.read(readMailbox({ version: 100 }));
    expect(world.kinds()).toEqual(['direction-enabled']);
  });

  it('is kept with what is written with it, also when it says nothing new', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox());
    const id = 'dataverse/approve/berit/press';
    await world.read(readMailbox(), {
      by: ADA,
      also: (transaction) =>
        transaction.put('idempotency', { id, result: 'approved', at: READ_AT }),
    });
    expect((await world.store.get('idempotency', id))?.result).toBe('approved');
    expect(world.events).toEqual([]);
  });

  it('is told by a sink that finds whom it is about without asking anybody', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox());
    const told: unknown[] = [];
    world.whenTold(() => {
      const { mailbox, profile } = world.telling.beingTold() ?? {};
      told.push([mailbox?.directions.incoming.enabled, profile?.name]);
    });
    await world.read(readMailbox({ version: 2, incoming: 'disabled' }));
    expect(told).toEqual([[false, 'Microsoft Exchange Online']]);
    expect(world.telling.beingTold()).toBeUndefined();
  });

  it('was never noticed when it could not be told: the next reading tells', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox());
    world.whenTold(() => {
      throw new Error('the process died here');
    });
    await expect(world.read(readMailbox({ version: 2, act: 'disabled' }))).rejects.toThrow('died');
    expect(world.events).toEqual([]);
    await world.restarted().read(readMailbox({ version: 2, act: 'disabled' }));
    expect(world.kinds()).toEqual(['direction-disabled']);
  });
});

describe('a mailbox that is there no more', () => {
  it('ends what was told of it, once', async () => {
    const world = createSeenWorld();
    await world.read(readMailbox({ outgoing: 'elsewhere', act: 'not-enabled' }));
    await world.seen.recordGone(idOf('berit'));
    await world.seen.recordGone(idOf('berit'));
    expect(world.kinds()).toEqual(['mailbox-deactivated']);
    expect(await world.store.get('seenMailboxes', 'berit')).toBeUndefined();
  });
});

describe('a profile of which over half of the mailboxes fail', () => {
  const names = ['anna', 'berit', 'cecilia'];

  async function withThree(): Promise<ReturnType<typeof createSeenWorld>> {
    const world = createSeenWorld();
    for (const id of names) await world.read(readMailbox({ id }));
    return world;
  }

  it('is said to be out with the mailbox that tips the balance, and to be back', async () => {
    const world = await withThree();
    await world.read(readMailbox({ id: 'anna', version: 2, incoming: 'disabled' }));
    await world.read(readMailbox({ id: 'berit', version: 2, incoming: 'retrying' }));
    await world.read(readMailbox({ id: 'cecilia', version: 2, incoming: 'disabled' }));
    await world.read(readMailbox({ id: 'berit', version: 3 }));
    await world.read(readMailbox({ id: 'anna', version: 3 }));
    expect(world.kinds()).toEqual([
      'direction-disabled',
      'direction-retrying',
      'profile-outage-changed',
      'direction-disabled',
      'direction-recovered',
      'direction-enabled',
      'profile-outage-changed',
    ]);
    const outages = world.events.flatMap((event) => ('outage' in event ? [event.outage] : []));
    expect(outages).toMatchObject([{ failing: 2, mailboxes: 3, endedAt: null }, { failing: 2 }]);
    expect(outages[1]?.endedAt).not.toBeNull();
  });

  it('is another one once a failing mailbox has moved away', async () => {
    const world = await withThree();
    await world.read(readMailbox({ id: 'anna', version: 2, incoming: 'disabled' }));
    await world.read(readMailbox({ id: 'berit', version: 2, incoming: 'disabled' }));
    const moved = { id: 'anna', version: 3, incoming: 'disabled', profile: 'pop3' } as const;
    await world.read(readMailbox(moved));
    const outages = world.events.flatMap((event) => ('outage' in event ? [event.outage] : []));
    expect(outages.map(({ profileId, endedAt }) => [profileId, endedAt === null])).toEqual([
      ['online', true],
      ['online', false],
    ]);
  });
});

describe('whatever mixture of sources notices', () => {
  const shown = fc.constantFrom('works', 'retrying', 'disabled', 'not-enabled');
  const history = fc.array(fc.record({ incoming: shown, act: shown }), {
    minLength: 2,
    maxLength: 8,
  });

  it('tells each change exactly once: late answers, repetitions and crashes included', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 20 }),
        async (values, noise) => {
          const versions = values.map((each, index) =>
            readMailbox({ ...(each as ReadMailbox), version: index + 1 }),
          );
          let world = createSeenWorld();
          await world.read(versions[0]!);
          const began = world.clock.now();
          const pending = [...noise];
          for (const [index, newest] of versions.entries()) {
            await world.clock.advance(1_000);
            // Between two changes, other sources say what they read a while ago, or just now.
            for (const [pick, dies] of pending.splice(0, 3)) {
              const late = versions[pick % (index + 1)]!;
              if (dies) {
                world.whenTold(() => {
                  throw new Error('died');
                });
              }
              const age = late === newest ? world.clock.now() : began;
              await world.read(late, undefined, age).catch(() => undefined);
              if (dies) world = world.restarted();
            }
            await world.read(newest);
          }
          const expected = versions
            .slice(1)
            .flatMap((after, index) =>
              compare(versions[index]!, after, { alerts: [], by: null, at: READ_AT }),
            );
          expect(world.kinds().filter((kind) => kind !== 'profile-outage-changed')).toEqual(
            expected.map(({ kind }) => kind),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
