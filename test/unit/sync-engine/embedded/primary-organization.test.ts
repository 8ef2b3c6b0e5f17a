import { describe, expect, it } from 'vitest';
import { idOf, type TestRunId } from '../../../../services/domain/ids.ts';
import { passed, type TestRun } from '../../../../services/domain/test-run.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { WRONG_PASSWORD } from '../../../support/scripted-probe.ts';
import type { RegistryOptions } from '../../../support/sync-registry.ts';
import { type ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const OLGA = idOf<typeof ANNA>('olga');
const OLGA_IN_TEST = idOf<typeof ANNA>('olga-test');
const ALL = ['incoming', 'outgoing', 'act'] as const;

async function twoOrganizations(options: RegistryOptions = {}): Promise<SyncWorld> {
  const world = await createSyncWorld({ twoOrganizations: true, ...options });
  await world.engine.approve(OLGA, by());
  return world;
}

async function testedAsPrimary(world: SyncWorld, id: typeof ANNA): Promise<TestRun> {
  const answer = await world.engine.testAndEnable(id, { ...by(), markAsPrimary: true });
  if (answer.kind !== 'started') throw new TypeError(`Test & enable said ${answer.kind}`);
  return world.finished(idOf<TestRunId>(answer.testRunId));
}

const reasonsOf = ({ results }: TestRun) =>
  ALL.map((direction) => {
    const result = results[direction];
    return result.outcome === 'failed' ? result.failure?.reason : result.outcome;
  });

describe('An Exchange mailbox of two organizations', () => {
  it('synchronizes with the first one that tests it, and in the other every direction fails for that reason', async () => {
    const world = await twoOrganizations();
    expect(passed(await world.tested(OLGA))).toBe(true);
    const sessions = world.graph.requests.length;

    const run = await world.tested(OLGA_IN_TEST);
    expect(reasonsOf(run)).toEqual(Array(3).fill('other-organization'));
    expect(run.results.incoming).toMatchObject({
      failure: { evidence: [{ label: 'primary-organization', value: 'contoso-online' }] },
    });
    expect(world.graph.requests).toHaveLength(sessions);
    const alerts = await world.engine.openAlerts(OLGA_IN_TEST);
    expect(alerts.map(({ topic, direction }) => [topic, direction])).toEqual(
      ALL.map((direction) => ['topic-of-other-organization', direction]),
    );
    expect((await world.mailbox(OLGA)).directions.act.enabled).toBe(true);
  });

  it('is not taken by a test that fails', async () => {
    const world = await twoOrganizations();
    world.graph.fails(WRONG_PASSWORD);
    await world.tested(OLGA_IN_TEST);
    world.graph.works();
    expect(passed(await world.tested(OLGA))).toBe(true);
  });

  it('is taken over by "this organization only": the other stops in every direction and its owner is told', async () => {
    const world = await twoOrganizations();
    await world.tested(OLGA);
    expect(passed(await testedAsPrimary(world, OLGA_IN_TEST))).toBe(true);

    const former = await world.mailbox(OLGA);
    for (const direction of ALL) {
      expect(former.directions[direction]).toMatchObject({
        enabled: false,
        lastFailure: { reason: 'other-organization', scope: 'mailbox' },
      });
    }
    expect(
      world
        .eventsOf('direction-disabled')
        .map(({ mailboxId, direction, failure }) => [mailboxId, direction, failure.reason]),
    ).toEqual(ALL.map((direction) => ['olga', direction, 'other-organization']));
    // The slow look at what is disabled does not call it ready, whatever the server says.
    await world.scheduler.advance(2 * HOUR_MS);
    expect(world.eventsOf('server-answers-again')).toEqual([]);
    expect(passed(await world.tested(OLGA_IN_TEST))).toBe(true);
    expect(reasonsOf(await world.tested(OLGA))).toEqual(Array(3).fill('other-organization'));
  });

  it('is not taken over where "this organization only" fails at the server', async () => {
    const world = await twoOrganizations();
    await world.tested(OLGA);
    world.graph.fails(WRONG_PASSWORD);
    await testedAsPrimary(world, OLGA_IN_TEST);
    expect((await world.mailbox(OLGA)).directions.incoming.enabled).toBe(true);
    world.graph.works();
    expect(reasonsOf(await world.tested(OLGA_IN_TEST))).toEqual(
      Array(3).fill('other-organization'),
    );
  });

  it('is not called ready by an attempt that was under way while it was taken over', async () => {
    const world = await twoOrganizations();
    await world.tested(OLGA);
    const gate = world.graph.holds();
    const cycle = world.scheduler.advance(5 * MINUTE_MS);
    await gate.begun;
    // Only the session that has begun goes on waiting.
    world.graph.holds().go();
    await testedAsPrimary(world, OLGA_IN_TEST);
    gate.go();
    await cycle;
    expect((await world.mailbox(OLGA)).directions.incoming).toMatchObject({
      enabled: false,
      answersAgainAt: null,
    });
  });

  it('stays with the organization that synchronized it before this engine took over', async () => {
    const world = await twoOrganizations({ twinEnabled: ['incoming'] });
    expect(reasonsOf(await world.tested(OLGA))).toEqual(Array(3).fill('other-organization'));
    const later = await world.restart({ twoOrganizations: true, twinEnabled: ['incoming'] });
    expect(reasonsOf(await later.tested(OLGA))).toEqual(Array(3).fill('other-organization'));
  });

  it('loses nothing where both read by IMAP, which keeps no note of an organization', async () => {
    const world = await twoOrganizations();
    expect(passed(await world.tested())).toBe(true);
    expect(await world.store.find('primaryOrganizations')).toEqual([]);
  });
});
