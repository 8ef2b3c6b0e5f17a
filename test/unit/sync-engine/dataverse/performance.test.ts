import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  idOf,
  type MailboxId,
  type ProfileId,
  type UserId,
} from '../../../../services/domain/ids.ts';
import type {
  PerformanceScope,
  PerformanceSelection,
} from '../../../../services/domain/performance.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { AppError } from '../../../../services/observability/index.ts';
import {
  createPerformance,
  type DataversePerformance,
} from '../../../../services/sync-engine/dataverse/performance.ts';
import type { Values } from '../../../support/dataverse/row.ts';
import { type ReadingWorld, startReadingWorld } from '../../../support/dataverse-reading.ts';

const ALL: PerformanceScope = { organizationId: null, profileId: null, concerning: null };
const FIRST = { after: null, limit: 20 } as const;
/** What the fake's `connection` says: its code is that of HTTP 404. */
const LOCATION = 'exchange-mailbox-not-found-404';
const HEALTHY: Values = {
  statecode: 0,
  emailrouteraccessapproval: 1,
  isemailaddressapprovedbyo365admin: true,
  incomingemaildeliverymethod: 2,
  outgoingemaildeliverymethod: 2,
  actdeliverymethod: 2,
  enabledforincomingemail: true,
  enabledforoutgoingemail: true,
  enabledforact: false,
  incomingemailstatus: 1,
  outgoingemailstatus: 1,
  testemailconfigurationscheduled: false,
};

let world: ReadingWorld;
let performance: DataversePerformance;
beforeEach(async () => {
  world = await startReadingWorld();
  // Berit's is configured and not enabled yet.
  performance = createPerformance(world.parts, world.reader);
});
afterEach(async () => {
  await performance.stop();
  await world.stop();
});

const add = (name: string, values: Values = {}): MailboxId =>
  idOf(
    world.organization.add('mailbox', {
      name,
      emailaddress: `${name}@contoso.com`,
      emailserverprofile: { table: 'emailserverprofile', id: world.profile.id },
      ownerid: { table: 'systemuser', id: world.administrator.userId },
      ...HEALTHY,
      ...values,
    }).id,
  );

const names = async (selection: PerformanceSelection, scope = ALL): Promise<readonly string[]> =>
  (await performance.performanceMailboxes(scope, selection, FIRST)).items.map(
    ({ mailbox }) => mailbox.name,
  );

const at = (ms: number): string => new Date(world.clock.now() + ms).toISOString();

/** A cycle that ended so long ago. */
const turn = (id: MailboxId, endedAgoMs: number, values: Values = {}): void => {
  world.organization.synchronization.turn(id, {
    operationtypeid: 0,
    processresult: true,
    itemsprocessed: 3,
    itemsfailed: 0,
    mailboxprocessscheduledon: at(-endedAgoMs - 30_000),
    mailboxprocessstartedon: at(-endedAgoMs - 20_000),
    mailboxprocesscompletedon: at(-endedAgoMs),
    ...values,
  });
};

const failedTurns = (id: MailboxId, count: number): void => {
  for (let each = count; each > 0; each -= 1) turn(id, each * MINUTE_MS, { processresult: false });
};

/** Has the statistics read as the engine does by itself. */
async function follow(): Promise<void> {
  performance.start();
  await world.clock.advance(0);
}

describe('the summary', () => {
  it('counts each mailbox once, and its numbers add up', async () => {
    add('anna');
    add('erik', { incomingemailstatus: 2 });
    const kim = add('kim', { outgoingemailstatus: 2 });
    add('lee', { enabledforincomingemail: false, incomingemailstatus: 2 });
    add('nora', { testemailconfigurationscheduled: true });
    add('gone', { statecode: 1 });
    add('outlook', { incomingemaildeliverymethod: 1, outgoingemaildeliverymethod: 0 });
    for (let each = 6; each > 0; each -= 1) {
      turn(kim, each * MINUTE_MS, { operationtypeid: 1, processresult: false });
    }
    await follow();
    const summary = await performance.performanceSummary(ALL);
    expect(summary).toEqual({
      configured: 6,
      healthy: 1,
      continuousErrors: 1,
      warnings: {
        total: 4,
        intermittent: 1,
        notProcessing: 2,
        testing: { total: 1, takingLong: 0 },
      },
      systemDisabled: 1,
      byServerType: {
        'exchange-online': 6,
        'exchange-server': 0,
        'pop3-smtp': 0,
        'imap-smtp': 0,
        none: 0,
      },
    });
    expect(await names({ by: 'class', class: 'continuous-errors' })).toEqual(['kim']);
    expect(await names({ by: 'class', class: 'intermittent' })).toEqual(['erik']);
    expect(await names({ by: 'system-disabled' })).toEqual(['lee']);
    expect(await names({ by: 'warnings' })).toEqual(["Berit's mailbox", 'erik', 'lee', 'nora']);
  });

  it('calls what fails now and then intermittent, by the thresholds of the organization', async () => {
    const erik = add('erik', { incomingemailstatus: 2 });
    failedTurns(erik, 6);
    turn(erik, 3.5 * MINUTE_MS);
    await follow();
    expect(await names({ by: 'class', class: 'intermittent' })).toEqual(['erik']);
    world.organization.change('organization', world.organization.organizationId, {
      mailboxintermittentissueminrange: 1,
      mailboxpermanentissueminrange: 3,
    });
    await world.clock.advance(MINUTE_MS);
    expect(await names({ by: 'class', class: 'continuous-errors' })).toEqual(['erik']);
  });

  it('says of a test how long it takes, from when it was first seen', async () => {
    const nora = add('nora', { testemailconfigurationscheduled: true });
    const long = async (): Promise<number> =>
      (await performance.performanceSummary(ALL)).warnings.testing.takingLong;
    expect(await long()).toBe(0);
    await world.clock.advance(4 * MINUTE_MS);
    world.organization.synchronization.touch(nora);
    expect(await long()).toBe(0);
    await world.clock.advance(2 * MINUTE_MS);
    expect(await long()).toBe(1);
    expect(await names({ by: 'test-takes-long' })).toEqual(['nora']);
  });

  it('is read once for all who ask within half a minute, with few requests', async () => {
    const asked = (): Promise<number> =>
      world.requestsOf(() =>
        Promise.all([performance.performanceSummary(ALL), performance.performanceSummary(ALL)]),
      );
    expect(await asked()).toBe(3);
    expect(await asked()).toBe(0);
    add('new');
    await world.clock.advance(30_000);
    expect((await performance.performanceSummary(ALL)).configured).toBe(2);
  });

  it('that could not be read is read again by who asks next', async () => {
    const { api } = world.parts;
    let failures = 1;
    const get: typeof api.get = (...asked) => {
      if (failures === 0) return api.get(...asked);
      failures -= 1;
      return Promise.reject(new AppError('dynamics-unreachable', 'once'));
    };
    const shaky = createPerformance({ ...world.parts, api: { ...api, get } }, world.reader);
    await expect(shaky.performanceSummary(ALL)).rejects.toMatchObject({ detail: 'once' });
    expect((await shaky.performanceSummary(ALL)).configured).toBe(1);
  });
});

describe('the mailboxes behind a number', () => {
  it('are those of the scope, for a person theirs and those of their profiles and queues', async () => {
    const { organization, profile, administrator } = world;
    const person = (name: string, object: string) =>
      organization.add('systemuser', { fullname: name, azureactivedirectoryobjectid: object });
    const anna = person('Anna', '11111111-2222-4333-8444-000000000001');
    const karin = person('Karin', '11111111-2222-4333-8444-000000000002');
    const queue = organization.add('queue', {
      name: 'Support',
      ownerid: { table: 'systemuser', id: anna.id },
    });
    const other = organization.add('emailserverprofile', {
      name: 'POP3',
      servertype: 1,
      ownerid: { table: 'systemuser', id: karin.id },
    });
    organization.change('emailserverprofile', profile.id, {
      ownerid: { table: 'systemuser', id: administrator.userId },
    });
    add('anna', { regardingobjectid: { table: 'systemuser', id: anna.id } });
    add('support', { regardingobjectid: { table: 'queue', id: queue.id } });
    add('pop', {
      regardingobjectid: { table: 'systemuser', id: administrator.userId },
      emailserverprofile: { table: 'emailserverprofile', id: other.id },
    });
    add('forward', { regardingobjectid: null, ownerid: { table: 'systemuser', id: karin.id } });
    const concerning = (object: string) =>
      names({ by: 'configured' }, { ...ALL, concerning: idOf<UserId>(object) });
    expect(await concerning('11111111-2222-4333-8444-000000000001')).toEqual(['anna', 'support']);
    expect(await concerning('11111111-2222-4333-8444-000000000002')).toEqual(['forward', 'pop']);
    expect(await concerning('11111111-2222-4333-8444-000000000009')).toEqual([]);
    const profileId = idOf<ProfileId>(other.id);
    expect(await names({ by: 'configured' }, { ...ALL, profileId })).toEqual(['pop']);
    expect(await names({ by: 'server-type', serverType: 'pop3-smtp' })).toEqual(['pop']);
    expect(await names({ by: 'configured' }, { ...ALL, organizationId: idOf('another') })).toEqual(
      [],
    );
  });

  it('come page by page, none twice and none left out, in three requests a page', async () => {
    for (let each = 0; each < 9; each += 1) add(`box ${each}`);
    const found: string[] = [];
    let after: string | null = null;
    await performance.performanceSummary(ALL);
    do {
      const page: Awaited<ReturnType<typeof performance.performanceMailboxes>> =
        await performance.performanceMailboxes(ALL, { by: 'configured' }, { after, limit: 4 });
      expect(page.total).toBe(10);
      found.push(...page.items.map(({ mailbox }) => mailbox.name));
      after = page.next;
    } while (after !== null);
    expect(found).toEqual([...found].sort());
    expect(new Set(found).size).toBe(10);
  });

  it('have the figures of their last cycles, and the worst come first', async () => {
    const slow = add('slow');
    const bad = add('bad');
    const good = add('good');
    turn(slow, 3 * MINUTE_MS, { mailboxprocessstartedon: at(-4 * MINUTE_MS) });
    turn(good, MINUTE_MS);
    failedTurns(bad, 2);
    await follow();
    const { items } = await performance.performanceMailboxes(ALL, { by: 'worst' }, FIRST);
    expect(items.map(({ mailbox }) => mailbox.name)).toEqual([
      'bad',
      'slow',
      'good',
      "Berit's mailbox",
    ]);
    expect(items.map(({ figures }) => figures?.averageProcessingMs ?? null)).toEqual([
      20_000,
      60_000,
      20_000,
      null,
    ]);
    expect(items[0]?.figures?.sums).toMatchObject({ turns: 2, failed: 2, itemsProcessed: 6 });
  });
});

describe('the hours', () => {
  const hours = async (scope = ALL) =>
    performance.performanceHours(scope, { from: at(-24 * HOUR_MS), to: at(24 * HOUR_MS) });

  it('sum up every cycle once, however often the statistics are read', async () => {
    const anna = add('anna');
    turn(anna, 20 * MINUTE_MS);
    await follow();
    await world.clock.advance(5 * MINUTE_MS);
    turn(anna, MINUTE_MS, { operationtypeid: 2 });
    await world.clock.advance(5 * MINUTE_MS);
    // Written late, behind one that ended after it and has been read.
    turn(anna, 7 * MINUTE_MS, { operationtypeid: 1, processresult: false, itemsfailed: 2 });
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
    const anna = add('anna');
    turn(anna, 20 * MINUTE_MS);
    await follow();
    await performance.stop();
    await world.clock.advance(10 * MINUTE_MS);
    turn(anna, 5 * MINUTE_MS);
    performance = createPerformance(world.parts, world.reader);
    await follow();
    const sums = (await hours()).map(({ turns }) => turns.incoming.turns);
    expect(sums).toEqual([1, 1]);
  });

  it('leave out profiles beyond the scope', async () => {
    turn(add('anna'), MINUTE_MS);
    await follow();
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
    performance = createPerformance({ ...world.parts, diagnose }, world.reader);
    synchronization.disable(add('anna'), 'connection', ['incoming']);
    synchronization.disable(add('erik'), 'connection', ['incoming']);
    await hours();
    // One wording, whosever mailbox stands in it.
    expect(read).toBe(1);
    await world.clock.advance(HOUR_MS);
    synchronization.disable(add('kim'), 'mailbox-credentials', ['incoming']);
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
    const anna = add('anna');
    organization.synchronization.disable(anna, 'connection', ['incoming']);
    await world.clock.advance(MINUTE_MS);
    const erik = add('erik');
    organization.synchronization.disable(erik, 'connection', ['outgoing']);
    await world.clock.advance(MINUTE_MS);
    organization.change('mailbox', anna, {
      enabledforincomingemail: true,
      incomingemailstatus: 1,
      lastsuccessfulsynccompletedon: at(0).replace(/\.\d+/, ''),
    });
    const period = { from: at(-HOUR_MS), to: at(HOUR_MS) };
    const page = await performance.raisedAlerts(ALL, { topic: null, ...period }, FIRST);
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
    const none = await performance.raisedAlerts(ALL, { topic: topic as never, ...period }, FIRST);
    expect(none.items).toEqual([]);
  });

  it('of a period that has ended are closed where a newer one took their place', async () => {
    const { synchronization } = world.organization;
    const anna = add('anna');
    synchronization.disable(anna, 'connection', ['incoming']);
    const period = { from: at(-HOUR_MS), to: at(MINUTE_MS) };
    await world.clock.advance(2 * MINUTE_MS);
    synchronization.disable(anna, 'mailbox-credentials', ['incoming']);
    const { items } = await performance.raisedAlerts(ALL, { topic: null, ...period }, FIRST);
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
    const selection = { topic: null, from: at(-HOUR_MS), to: at(HOUR_MS) };
    const of = async (concerning: string) =>
      performance.raisedAlerts({ ...ALL, concerning: idOf<UserId>(concerning) }, selection, FIRST);
    expect((await of(object)).items).toMatchObject([
      { mailboxId: null, profileId: profile.id, scope: 'profile', closedAt: null },
    ]);
    expect((await of('11111111-2222-4333-8444-000000000002')).total).toBe(0);
  });
});
