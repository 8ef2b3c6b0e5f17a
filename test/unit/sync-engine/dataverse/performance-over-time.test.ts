import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type ProfileId, type UserId } from '../../../../services/domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { createPerformance } from '../../../../services/sync-engine/dataverse/performance.ts';
import {
  ALL,
  FIRST_PAGE,
  type PerformanceWorld,
  startPerformanceWorld,
} from '../../../support/dataverse-performance.ts';

/** What the fake's `connection` says: its code is that of HTTP 404. */
const LOCATION = 'exchange-mailbox-not-found-404';

let world: PerformanceWorld;
beforeEach(async () => {
  world = await startPerformanceWorld();
});
afterEach(() => world.stop());

describe('the hours', () => {
  const hours = async (scope = ALL) =>
    world.performance.performanceHours(scope, {
      from: world.at(-24 * HOUR_MS),
      to: world.at(24 * HOUR_MS),
    });

  it('sum up every cycle once, however often the statistics are read', async () => {
    const anna = world.add('anna');
    world.turn(anna, 20 * MINUTE_MS);
    await world.follow();
    await world.clock.advance(5 * MINUTE_MS);
    world.turn(anna, MINUTE_MS, { operationtypeid: 2 });
    await world.clock.advance(5 * MINUTE_MS);
    // Written late, behind one that ended after it and has been read.
    world.turn(anna, 7 * MINUTE_MS, { operationtypeid: 1, processresult: false, itemsfailed: 2 });
    await world.clock.advance(20 * MINUTE_MS);
    const told = await hours();
    expect(told.map(({ from }) => from)).toEqual([
      '2026-11-23T07:00:00.000Z',
      '2026-11-23T08:00:00.000Z',
    ]);
    expect(told[0]?.turns.incoming).toMatchObject({ turns: 1, failed: 0, queueMs: 10_000 });
    expect(told[1]?.turns).toMatchObject({
      incoming: { turns: 0 },
      outgoing: { turns: 1, failed: 1, itemsFailed: 2 },
      act: { turns: 1, failed: 0 },
    });
  });

  it('go on after a restart where they ended, and count nothing twice', async () => {
    const anna = world.add('anna');
    world.turn(anna, 20 * MINUTE_MS);
    await world.follow();
    await world.performance.stop();
    await world.clock.advance(10 * MINUTE_MS);
    world.turn(anna, 5 * MINUTE_MS);
    world.performance = createPerformance(world.parts, world.reader);
    await world.follow();
    const sums = (await hours()).map(({ turns }) => turns.incoming.turns);
    expect(sums).toEqual([1, 1]);
  });

  it('leave out profiles beyond the scope', async () => {
    world.turn(world.add('anna'), MINUTE_MS);
    await world.follow();
    expect(await hours()).toHaveLength(1);
    const profileId = idOf<ProfileId>('11111111-2222-4333-8444-555555555555');
    expect(await hours({ ...ALL, profileId })).toEqual([]);
    const concerning = idOf<UserId>('11111111-2222-4333-8444-555555555555');
    expect(await hours({ ...ALL, concerning })).toEqual([]);
  });

  it('count the alerts that were raised in them, by what they say', async () => {
    const { synchronization } = world.organization;
    let read = 0;
    const diagnose = (text: string) => {
      read += 1;
      return world.parts.diagnose(text);
    };
    world.performance = createPerformance({ ...world.parts, diagnose }, world.reader);
    synchronization.disable(world.add('anna'), 'connection', ['incoming']);
    synchronization.disable(world.add('erik'), 'connection', ['incoming']);
    await hours();
    // One wording, whosever mailbox stands in it.
    expect(read).toBe(1);
    await world.clock.advance(HOUR_MS);
    synchronization.disable(world.add('kim'), 'mailbox-credentials', ['incoming']);
    const told = await hours();
    expect(told.map(({ alerts }) => alerts)).toEqual([
      [{ topic: LOCATION, level: 'error', count: 2 }],
      [{ topic: expect.any(String) as string, level: 'error', count: 1 }],
    ]);
    expect(told[1]?.alerts[0]?.topic).not.toBe(LOCATION);
  });
});

describe('the alerts behind a number', () => {
  it('are the newest first, with the words and the mailbox of each, closed ones included', async () => {
    const { organization } = world;
    const anna = world.add('anna');
    organization.synchronization.disable(anna, 'connection', ['incoming']);
    await world.clock.advance(MINUTE_MS);
    const erik = world.add('erik');
    organization.synchronization.disable(erik, 'connection', ['outgoing']);
    await world.clock.advance(MINUTE_MS);
    organization.change('mailbox', anna, {
      enabledforincomingemail: true,
      incomingemailstatus: 1,
      lastsuccessfulsynccompletedon: world.at(0).replace(/\.\d+/, ''),
    });
    const period = { from: world.at(-HOUR_MS), to: world.at(HOUR_MS) };
    const page = await world.performance.raisedAlerts(ALL, { topic: null, ...period }, FIRST_PAGE);
    expect(page).toMatchObject({
      total: 2,
      items: [
        { mailboxId: erik, direction: 'outgoing', topic: LOCATION, closedAt: null },
        { mailboxId: anna, direction: 'incoming', slots: { mailbox: 'anna' } },
      ],
    });
    expect(page.items[1]?.closedAt).not.toBeNull();
    expect(page.items[0]?.text).toContain('erik');
    const topic = idOf('gmail');
    const none = await world.performance.raisedAlerts(
      ALL,
      { topic: topic as never, ...period },
      FIRST_PAGE,
    );
    expect(none.items).toEqual([]);
  });

  it('of a period that has ended are closed where a newer one took their place', async () => {
    const { synchronization } = world.organization;
    const anna = world.add('anna');
    synchronization.disable(anna, 'connection', ['incoming']);
    const period = { from: world.at(-HOUR_MS), to: world.at(MINUTE_MS) };
    await world.clock.advance(2 * MINUTE_MS);
    synchronization.disable(anna, 'mailbox-credentials', ['incoming']);
    const { items } = await world.performance.raisedAlerts(
      ALL,
      { topic: null, ...period },
      FIRST_PAGE,
    );
    expect(items).toMatchObject([{ topic: LOCATION }]);
    expect(items[0]?.closedAt).not.toBeNull();
  });

  it('include those of a profile, for whoever owns it', async () => {
    const { organization, profile, administrator } = world;
    organization.traces.write(organization.row('emailserverprofile', profile.id)!, {
      level: 'error',
      text: 'Something about the profile that no article knows.',
    });
    const object = '11111111-2222-4333-8444-000000000001';
    organization.change('systemuser', administrator.userId, {
      azureactivedirectoryobjectid: object,
    });
    organization.change('emailserverprofile', profile.id, {
      ownerid: { table: 'systemuser', id: administrator.userId },
    });
    const selection = { topic: null, from: world.at(-HOUR_MS), to: world.at(HOUR_MS) };
    const of = async (concerning: string) =>
      world.performance.raisedAlerts(
        { ...ALL, concerning: idOf<UserId>(concerning) },
        selection,
        FIRST_PAGE,
      );
    expect((await of(object)).items).toMatchObject([
      { mailboxId: null, profileId: profile.id, scope: 'profile', closedAt: null },
    ]);
    expect((await of('11111111-2222-4333-8444-000000000002')).total).toBe(0);
  });
});
