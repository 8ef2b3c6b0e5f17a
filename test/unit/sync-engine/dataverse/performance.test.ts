import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type ProfileId, type UserId } from '../../../../services/domain/ids.ts';
import type { PerformanceSelection } from '../../../../services/domain/performance.ts';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import { AppError } from '../../../../services/observability/index.ts';
import { createMailboxReader } from '../../../../services/sync-engine/dataverse/mailbox-reader.ts';
import { createPerformance } from '../../../../services/sync-engine/dataverse/performance.ts';
import { dataverseApi } from '../../../support/dataverse-api.ts';
import {
  ALL,
  FIRST_PAGE,
  type PerformanceWorld,
  startPerformanceWorld,
} from '../../../support/dataverse-performance.ts';

let world: PerformanceWorld;
beforeEach(async () => {
  world = await startPerformanceWorld();
});
afterEach(() => world.stop());

const names = async (selection: PerformanceSelection, scope = ALL): Promise<readonly string[]> =>
  (await world.performance.performanceMailboxes(scope, selection, FIRST_PAGE)).items.map(
    ({ mailbox }) => mailbox.name,
  );

describe('the summary', () => {
  it('counts each mailbox once, and its numbers add up', async () => {
    world.add('anna');
    world.add('erik', { incomingemailstatus: 2 });
    const kim = world.add('kim', { outgoingemailstatus: 2 });
    world.add('lee', { enabledforincomingemail: false, incomingemailstatus: 2 });
    world.add('nora', { testemailconfigurationscheduled: true });
    world.add('gone', { statecode: 1 });
    world.add('outlook', { incomingemaildeliverymethod: 1, outgoingemaildeliverymethod: 0 });
    for (let each = 6; each > 0; each -= 1) {
      world.turn(kim, each * MINUTE_MS, { operationtypeid: 1, processresult: false });
    }
    await world.follow();
    const summary = await world.performance.performanceSummary(ALL);
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
    const erik = world.add('erik', { incomingemailstatus: 2 });
    world.failedTurns(erik, 6);
    world.turn(erik, 3.5 * MINUTE_MS);
    await world.follow();
    expect(await names({ by: 'class', class: 'intermittent' })).toEqual(['erik']);
    world.organization.change('organization', world.organization.organizationId, {
      mailboxintermittentissueminrange: 1,
      mailboxpermanentissueminrange: 3,
    });
    await world.clock.advance(MINUTE_MS);
    expect(await names({ by: 'class', class: 'continuous-errors' })).toEqual(['erik']);
  });

  it('says of a test how long it takes, from when it was first seen', async () => {
    const nora = world.add('nora', { testemailconfigurationscheduled: true });
    const long = async (): Promise<number> =>
      (await world.performance.performanceSummary(ALL)).warnings.testing.takingLong;
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
        Promise.all([
          world.performance.performanceSummary(ALL),
          world.performance.performanceSummary(ALL),
        ]),
      );
    expect(await asked()).toBe(3);
    expect(await asked()).toBe(0);
    world.add('new');
    await world.clock.advance(30_000);
    expect((await world.performance.performanceSummary(ALL)).configured).toBe(2);
  });

  it('does not wait with what is read in the background', async () => {
    const { api } = world.parts;
    const waiting: (() => void)[] = [];
    const get: typeof api.get = async (set, id, query, asking) => {
      if (asking.priority === 'background') {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return api.get(set, id, query, asking);
    };
    const busy = createPerformance({ ...world.parts, api: { ...api, get } }, world.reader);
    busy.start();
    const looked = world.clock.advance(0);
    while (waiting.length === 0) await new Promise(setImmediate);
    expect((await busy.performanceSummary(ALL)).configured).toBe(1);
    for (const go of waiting) go();
    await looked;
    await busy.stop();
  });

  it('of 10 000 mailboxes takes five requests, and its lists nearly none', async () => {
    for (let each = 0; each < 10_000; each += 1) {
      world.add(`box ${each}`, { incomingemailstatus: each % 100 === 0 ? 2 : 1 });
    }
    let summary: Awaited<ReturnType<typeof world.performance.performanceSummary>> | undefined;
    const requests = await world.requestsOf(async () => {
      summary = await world.performance.performanceSummary(ALL);
    });
    expect(requests).toBe(5);
    expect(summary).toMatchObject({
      configured: 10_001,
      healthy: 9_900,
      warnings: { intermittent: 100, notProcessing: 1 },
    });
    const listing = () => names({ by: 'class', class: 'intermittent' });
    expect(await world.requestsOf(listing)).toBeLessThan(10);
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
    world.add('anna', { regardingobjectid: { table: 'systemuser', id: anna.id } });
    world.add('support', { regardingobjectid: { table: 'queue', id: queue.id } });
    world.add('pop', {
      regardingobjectid: { table: 'systemuser', id: administrator.userId },
      emailserverprofile: { table: 'emailserverprofile', id: other.id },
    });
    world.add('forward', {
      regardingobjectid: null,
      ownerid: { table: 'systemuser', id: karin.id },
    });
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
    for (let each = 0; each < 9; each += 1) world.add(`box ${each}`);
    const found: string[] = [];
    let after: string | null = null;
    await world.performance.performanceSummary(ALL);
    do {
      const page: Awaited<ReturnType<typeof world.performance.performanceMailboxes>> =
        await world.performance.performanceMailboxes(
          ALL,
          { by: 'configured' },
          { after, limit: 4 },
        );
      expect(page.total).toBe(10);
      found.push(...page.items.map(({ mailbox }) => mailbox.name));
      after = page.next;
    } while (after !== null);
    expect(found).toEqual([...found].sort());
    expect(new Set(found).size).toBe(10);
  });

  it('are listed without figures to an application user that may not read statistics', async () => {
    const tables = ['Mailbox', 'User', 'Organization', 'EmailServerProfile', 'Queue', 'TraceLog'];
    const privileges = [...tables, 'Activity'].map((table) => `prvRead${table}`);
    world.organization.addRole('No statistics', privileges);
    const caller = world.organization.addCaller({ name: 'Medic', roles: ['No statistics'] });
    const parts = { ...world.parts, api: dataverseApi(world, { caller }) };
    const limited = createPerformance(parts, createMailboxReader(parts));
    world.turn(world.add('anna'), MINUTE_MS);
    const { items } = await limited.performanceMailboxes(ALL, { by: 'configured' }, FIRST_PAGE);
    expect(items.map(({ mailbox, figures }) => [mailbox.name, figures])).toEqual([
      ["Berit's mailbox", null],
      ['anna', null],
    ]);
  });

  it('have the figures of their last cycles, and the worst come first', async () => {
    const slow = world.add('slow');
    const bad = world.add('bad');
    const good = world.add('good');
    world.turn(slow, 3 * MINUTE_MS, { mailboxprocessstartedon: world.at(-4 * MINUTE_MS) });
    world.turn(good, MINUTE_MS);
    world.failedTurns(bad, 2);
    await world.follow();
    const { items } = await world.performance.performanceMailboxes(
      ALL,
      { by: 'worst' },
      FIRST_PAGE,
    );
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
