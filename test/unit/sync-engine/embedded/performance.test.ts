import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import type {
  PerformanceScope,
  PerformanceSelection,
} from '../../../../services/domain/performance.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { PORT_REFUSED, WRONG_PASSWORD } from '../../../support/scripted-probe.ts';
import { ANNA, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const ALL: PerformanceScope = { organizationId: null, profileId: null, concerning: null };
const FIRST = { after: null, limit: 20 } as const;

const listed = async (
  { engine }: SyncWorld,
  selection: PerformanceSelection,
  scope = ALL,
): Promise<readonly MailboxId[]> =>
  (await engine.performanceMailboxes(scope, selection, FIRST)).items.map(
    ({ mailbox }) => mailbox.id,
  );

describe('the performance data of an engine', () => {
  it('counts each mailbox once, and lists those behind each number', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    expect(await world.engine.performanceSummary(ALL)).toEqual({
      configured: 5,
      healthy: 1,
      continuousErrors: 0,
      warnings: {
        total: 4,
        intermittent: 0,
        notProcessing: 4,
        testing: { total: 0, takingLong: 0 },
      },
      systemDisabled: 0,
      byServerType: {
        'imap-smtp': 3,
        'exchange-online': 1,
        'exchange-server': 0,
        'pop3-smtp': 0,
        none: 1,
      },
    });
    expect(await listed(world, { by: 'class', class: 'healthy' })).toEqual(['anna']);
    const warned = await listed(world, { by: 'warnings' });
    expect(warned).toEqual(['kim-1', 'kim-2', 'loner', 'olga']);
    expect(await listed(world, { by: 'server-type', serverType: 'exchange-online' })).toEqual([
      'olga',
    ]);
    expect(await listed(world, { by: 'server-type', serverType: null })).toEqual(['loner']);
  });

  it('follows a mailbox from intermittent through continuous errors to the list of the disabled', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    world.imap.fails(PORT_REFUSED);
    await world.scheduler.advance(5 * MINUTE_MS);
    expect(await listed(world, { by: 'class', class: 'intermittent' })).toEqual(['anna']);
    await world.scheduler.advance(20 * MINUTE_MS);
    expect(await listed(world, { by: 'class', class: 'continuous-errors' })).toEqual(['anna']);
    expect(await listed(world, { by: 'system-disabled' })).toEqual([]);
    await world.scheduler.advance(HOUR_MS);
    expect(await listed(world, { by: 'system-disabled' })).toEqual(['anna']);
    expect(await listed(world, { by: 'class', class: 'continuous-errors' })).toEqual([]);
    expect((await world.engine.performanceSummary(ALL)).systemDisabled).toBe(1);
  });

  it('shows only mailboxes of the scope, in lists and numbers alike', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    const of = async (scope: Partial<PerformanceScope>) =>
      listed(world, { by: 'configured' }, { ...ALL, ...scope });
    expect(await of({ concerning: idOf('anna') })).toEqual(['anna']);
    expect(await of({ concerning: idOf('profile-owner') })).toHaveLength(4);
    expect(await of({ organizationId: idOf('contoso-online') })).toEqual(['olga']);
    expect(await of({ profileId: idOf('imap') })).toEqual(['anna', 'kim-1', 'kim-2']);
    expect(await of({ concerning: idOf('stranger') })).toEqual([]);
    const summary = await world.engine.performanceSummary({ ...ALL, concerning: idOf('stranger') });
    expect(summary.configured).toBe(0);
  });

  it('pages through a list without leaving one out', async () => {
    const world = await createSyncWorld();
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof world.engine.performanceMailboxes>> =
        await world.engine.performanceMailboxes(ALL, { by: 'configured' }, { after, limit: 2 });
      expect(page.total).toBe(5);
      names.push(...page.items.map(({ mailbox }) => mailbox.id));
      after = page.next;
    } while (after !== null);
    expect(names).toHaveLength(5);
    expect(new Set(names).size).toBe(5);
  });

  it('gives a mailbox its figures, its turns and the hours of its profile', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    await world.scheduler.advance(22 * MINUTE_MS);
    const [anna] = (
      await world.engine.performanceMailboxes(ALL, { by: 'class', class: 'healthy' }, FIRST)
    ).items;
    const turns = await world.engine.processedTurns(ANNA);
    expect(turns.length).toBeGreaterThanOrEqual(8);
    expect(anna?.figures).toMatchObject({ sums: { turns: turns.length, failed: 0 } });
    const times = turns.map(({ completedAt }) => completedAt);
    expect(times).toEqual([...times].sort().reverse());
    const hours = await world.engine.performanceHours(ALL, {
      from: '2026-11-23T08:00:00.000Z',
      to: '2026-11-23T09:00:00.000Z',
    });
    const { incoming, outgoing } = hours[0]!.turns;
    expect(incoming.turns + outgoing.turns).toBe(turns.length);
    expect(await world.engine.processedTurns(idOf('nobody'))).toEqual([]);
  });

  it('tells errors over time by what they say, with the alerts behind each number', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    await world.scheduler.advance(65 * MINUTE_MS);
    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(10 * MINUTE_MS);
    const period = { from: '2026-11-23T08:00:00.000Z', to: '2026-11-23T10:00:00.000Z' };
    const hours = await world.engine.performanceHours(ALL, period);
    expect(hours.map(({ alerts }) => alerts)).toEqual([
      [],
      [{ topic: 'topic-of-credentials-rejected', level: 'error', count: 1 }],
    ]);
    const topic = hours[1]!.alerts[0]!.topic;
    const behind = await world.engine.raisedAlerts(ALL, { ...period, topic }, FIRST);
    expect(behind).toMatchObject({ total: 1, items: [{ mailboxId: 'anna', topic }] });
    const stranger = { ...ALL, concerning: idOf<never>('stranger') };
    expect(await world.engine.raisedAlerts(stranger, { ...period, topic }, FIRST)).toMatchObject({
      total: 0,
    });
    expect(await world.engine.performanceHours(stranger, period)).toEqual([]);
  });

  it('puts the mailbox whose turns fail most first', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    expect((await listed(world, { by: 'worst' }))[0]).toBe('anna');
    const { engine, scheduler } = world;
    const online = { ...ALL, organizationId: idOf<never>('contoso-online') };
    expect(await listed(world, { by: 'worst' }, online)).toEqual(['olga']);
    world.imap.fails(PORT_REFUSED);
    await scheduler.advance(10 * MINUTE_MS);
    const worst = await engine.performanceMailboxes(
      ALL,
      { by: 'worst' },
      { after: null, limit: 1 },
    );
    expect(worst.items[0]).toMatchObject({ mailbox: { id: 'anna' }, class: 'intermittent' });
    expect(worst.items[0]?.figures?.sums.failed).toBeGreaterThan(0);
  });
});
