import { beforeEach, describe, expect, it } from 'vitest';
import { idOf, type MailboxId, type TestRunId } from '../../../../services/domain/ids.ts';
import type { TestRun } from '../../../../services/domain/test-run.ts';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import { mailboxById } from '../../../../services/sync-engine/index.ts';
import {
  createDataverseEngineWorld,
  type DataverseEngineWorld,
} from '../../../support/dataverse-engine-world.ts';

let world: DataverseEngineWorld;
let berit: MailboxId;
beforeEach(async () => {
  world = await createDataverseEngineWorld();
  berit = idOf(world.mailbox.id);
  world.organization.change('systemuser', world.owner.id, { emailrouteraccessapproval: 1 });
  world.organization.change('mailbox', berit, {
    emailrouteraccessapproval: 1,
    isemailaddressapprovedbyo365admin: true,
  });
  await world.start();
});

async function started(context = world.by()): Promise<TestRunId> {
  const answer = await world.engine.testAndEnable(berit, context);
  if (answer.kind !== 'started') throw new TypeError(answer.kind);
  return answer.testRunId;
}
const runNow = async (id: TestRunId): Promise<TestRun | undefined> => world.engine.testRun(id);
const kinds = () => world.events.map(({ kind }) => kind);
const patches = () => world.organization.seen.filter(({ method }) => method === 'PATCH');

describe('Test & enable in Dynamics 365', () => {
  it('is scheduled there as the person, and followed until each direction has a result', async () => {
    const id = await started();
    expect(world.now('testemailconfigurationscheduled')).toBe(true);
    expect(world.now('testandenablelastattemptedby')).toMatchObject({
      id: world.administrator.userId,
    });
    expect(await runNow(id)).toMatchObject({
      state: 'running',
      results: { incoming: { outcome: 'running' }, act: { outcome: 'running' } },
    });
    await world.clock.advance(MINUTE_MS);
    expect((await runNow(id))?.state).toBe('running');
    await world.clock.advance(2 * MINUTE_MS);
    expect(await runNow(id)).toMatchObject({
      state: 'done',
      results: { incoming: { outcome: 'passed' }, outgoing: { outcome: 'passed', stages: [] } },
    });
    expect(kinds().filter((kind) => kind === 'direction-enabled')).toHaveLength(3);
    expect(kinds().at(-1)).toBe('test-run-changed');
  });

  it('has the alerts that were raised since, whatever the clocks say, and none from before', async () => {
    world.organization.setSkew(-4 * MINUTE_MS);
    world.organization.synchronization.disable(berit, 'connection', ['outgoing']);
    await world.clock.advance(2 * MINUTE_MS);
    const [old] = await world.engine.openAlerts(berit);
    world.organization.tests.script(berit, { results: { incoming: 'mailbox-credentials' } });
    const id = await started();
    await world.clock.advance(3 * MINUTE_MS);
    const run = await runNow(id);
    const [alert] = await world.engine.openAlerts(berit);
    expect(run?.raisedAlerts).toEqual([alert?.id]);
    expect(run?.raisedAlerts).not.toContain(old?.id);
    expect(run?.results.incoming).toMatchObject({
      outcome: 'failed',
      failure: { reason: 'credentials-rejected' },
    });
    expect(run?.results.outgoing).toMatchObject({ outcome: 'passed' });
  });

  it('goes on while the bot is stopped, and is told of when it is there again', async () => {
    const id = await started();
    await world.restart();
    await world.clock.advance(3 * MINUTE_MS);
    expect((await runNow(id))?.state).toBe('done');
    expect(kinds().filter((kind) => kind === 'test-run-changed')).toHaveLength(1);
  });

  it('that never ends is given up after a quarter of an hour, and says that it was not finished', async () => {
    world.organization.tests.backgroundOperations = false;
    const id = await started();
    await world.clock.advance(16 * MINUTE_MS);
    expect(await runNow(id)).toMatchObject({
      state: 'done',
      results: { incoming: { outcome: 'interrupted', by: 'not-finished' } },
    });
    expect((await mailboxById(world.engine, berit))?.directions.incoming.enabled).toBe(false);
  });

  it('that somebody has started there is followed, and not started again', async () => {
    await world.patch(`mailboxes(${berit})`, { testemailconfigurationscheduled: true });
    const before = patches().length;
    const answer = await world.engine.testAndEnable(berit, world.by());
    expect(answer.kind).toBe('already-running');
    expect(patches()).toHaveLength(before);
    await world.clock.advance(3 * MINUTE_MS);
    const id = answer.kind === 'already-running' ? answer.testRunId : idOf<TestRunId>('');
    expect((await runNow(id))?.results.incoming.outcome).toBe('passed');
  });

  it('is one run, whoever presses while it goes on', async () => {
    const [first, second] = await Promise.all([
      world.engine.testAndEnable(berit, world.by()),
      world.engine.testAndEnable(berit, world.by()),
    ]);
    expect([first.kind, second.kind]).toEqual(['started', 'already-running']);
    expect(patches()).toHaveLength(1);
  });

  it('makes this organization the one that Exchange synchronizes with, when that is wished', async () => {
    world.organization.tests.primaryElsewhere(berit);
    await started({ ...world.by(), markAsPrimary: true });
    expect(world.now('orgmarkedasprimaryforexchangesync')).toBe(true);
  });

  it('is looked at again after Dynamics 365 was away in the middle of it', async () => {
    const id = await started();
    world.organization.faults.add({
      fault: { kind: 'unavailable', retryAfterSeconds: 3_600 },
      times: 6,
    });
    await world.clock.advance(5 * MINUTE_MS);
    expect((await runNow(id))?.state).toBe('done');
  });

  it('asks for the person, and schedules nothing where they have not signed in', async () => {
    const { actor, ...context } = world.by();
    const unknown = { ...context, actor: { userId: actor.userId } };
    expect(await world.engine.testAndEnable(berit, unknown)).toEqual({ kind: 'sign-in-required' });
    expect(world.now('testemailconfigurationscheduled')).not.toBe(true);
  });
});
