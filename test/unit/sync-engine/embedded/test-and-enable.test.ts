import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import { passed } from '../../../../services/domain/test-run.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { PORT_REFUSED, UNDECIDED_535, WRONG_PASSWORD } from '../../../support/scripted-probe.ts';
import { ANNA, by, createSyncWorld } from '../../../support/sync-world.ts';

const OLGA = idOf<typeof ANNA>('olga');

describe('Test & enable', () => {
  it('tests incoming, outgoing and ACT in order, and skips what this server cannot do', async () => {
    const world = await createSyncWorld();
    const run = await world.tested();
    expect(run.results).toMatchObject({
      incoming: { outcome: 'passed', protocol: 'imap', stages: [{ stage: 'connect' }] },
      outgoing: { outcome: 'passed', protocol: 'smtp' },
      act: { outcome: 'skipped', because: 'not-supported-by-server-type' },
    });
    expect(run).toMatchObject({ state: 'done', requestedBy: 'admin' });
    expect(passed(run)).toBe(true);
  });

  it('tests all three directions of an Exchange Online mailbox by Graph once it is approved', async () => {
    const world = await createSyncWorld();
    expect(await world.engine.testAndEnable(OLGA, by())).toEqual({ kind: 'approval-missing' });
    await world.engine.approve(OLGA, by());
    const run = await world.tested(OLGA);
    expect(passed(run)).toBe(true);
    expect(world.graph.requests.map((request) => request.direction)).toEqual([
      'incoming',
      'outgoing',
      'act',
    ]);
  });

  it('says that its message was found in the inbox, and passes whether it is or not', async () => {
    const world = await createSyncWorld();
    const { incoming, outgoing } = (await world.tested()).results;
    const said = [incoming, outgoing].flatMap((one) => ('stages' in one ? one.stages : []));
    expect(said.flatMap(({ evidence }) => evidence.map(({ label }) => label))).toEqual([
      'endpoint',
      'endpoint',
    ]);
    world.imap.findsMessages(true);
    const found = await world.tested();
    expect(passed(found)).toBe(true);
    expect(found.results.outgoing).toMatchObject({
      stages: [{ evidence: [{ label: 'endpoint' }, { label: 'found-after' }] }],
    });
    expect(world.imap.requests.at(-1)).toMatchObject({ direction: 'incoming' });
  });

  it('does not look for its message where receiving fails', async () => {
    const world = await createSyncWorld();
    world.imap.findsMessages(true);
    world.imap.fails(WRONG_PASSWORD);
    const run = await world.tested();
    expect(run.results.outgoing).toMatchObject({ outcome: 'passed' });
    expect(world.imap.requests).toHaveLength(1);
  });

  it('repairs a disabled direction: counter, alert and "disabled" are gone, and it says so once', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(MINUTE_MS);
    world.imap.works();
    await world.tested();
    expect(await world.direction('incoming')).toMatchObject({
      enabled: true,
      status: 'success',
      disabledAt: null,
      lastFailure: null,
    });
    expect(await world.engine.openAlerts(ANNA)).toEqual([]);
    expect(world.eventsOf('direction-enabled')).toMatchObject([
      { direction: 'incoming', by: 'admin' },
    ]);
  });

  it('releases what was Pending Send, says how much, and sends it without waiting for the cycle', async () => {
    const world = await createSyncWorld();
    for (const subject of ['One', 'Two']) {
      await world.engine.submit({ mailboxId: ANNA, subject, to: ['b@c.test'], text: '' }, by());
      // Messages go in the order in which they were handed in.
      await world.scheduler.advance(1);
    }
    const run = await world.tested();
    expect(run.releasedMessages).toBe(2);
    await world.scheduler.advance(0);
    expect(world.smtp.accepted.map((message) => message.subject)).toEqual(['One', 'Two']);
  });

  it('disables what fails for good and raises its alert', async () => {
    const world = await createSyncWorld();
    world.smtp.fails(WRONG_PASSWORD);
    const run = await world.tested();
    expect(run.results.incoming.outcome).toBe('passed');
    expect(run.results.outgoing).toMatchObject({
      outcome: 'failed',
      failure: { reason: 'credentials-rejected' },
    });
    const disabled = world.eventsOf('direction-disabled');
    expect(disabled).toMatchObject([{ direction: 'outgoing' }]);
    // The other is the news that incoming e-mail works.
    expect(run.raisedAlerts).toHaveLength(2);
    expect(run.raisedAlerts[1]).toBe(disabled[0]?.alert.id);
    await world.tested();
    expect(world.eventsOf('direction-disabled')).toHaveLength(1);
  });

  it('says anew that a direction is disabled when the reason has become another', async () => {
    const world = await createSyncWorld();
    world.smtp.fails(WRONG_PASSWORD);
    await world.tested();
    world.smtp.fails(PORT_REFUSED);
    await world.tested();
    expect(world.eventsOf('direction-disabled').map((event) => event.failure.reason)).toEqual([
      'credentials-rejected',
      'connection-refused',
    ]);
    expect(await world.engine.openAlerts(ANNA)).toHaveLength(1);
  });

  it('enables nothing for a passing fault, and disables nothing either', async () => {
    const world = await createSyncWorld();
    world.imap.fails(PORT_REFUSED);
    const run = await world.tested();
    expect(passed(run)).toBe(false);
    expect(await world.direction('incoming')).toMatchObject({ enabled: false, disabledAt: null });
    expect(world.eventsOf('direction-disabled')).toEqual([]);
    expect(await world.engine.openAlerts(ANNA)).toMatchObject([{ level: 'warning' }]);
  });

  it('uses up no retry of a direction that is being retried', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(PORT_REFUSED);
    await world.scheduler.advance(6 * MINUTE_MS);
    const before = await world.direction('incoming');
    for (let press = 0; press < 12; press += 1) await world.tested();
    expect(await world.direction('incoming')).toEqual(before);
  });

  it('does not stand in for the confirmation that is due in 60 seconds', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(UNDECIDED_535);
    await world.scheduler.advance(0);
    await world.tested();
    expect(await world.direction('incoming')).toMatchObject({ enabled: true, confirming: true });
  });

  it('is one run however many press it at once', async () => {
    const world = await createSyncWorld();
    const held = world.imap.holds();
    const answers = await Promise.all([
      world.engine.testAndEnable(ANNA, by('admin')),
      world.engine.testAndEnable(ANNA, by('global-admin')),
    ]);
    expect(answers.map((answer) => answer.kind).sort()).toEqual(['already-running', 'started']);
    const [first, second] = answers.map((answer) =>
      'testRunId' in answer ? answer.testRunId : null,
    );
    expect(first).toBe(second);
    held.go();
    if (first !== null && first !== undefined) await world.finished(first);
    expect(await world.store.find('testRuns')).toHaveLength(1);
  });

  it('waits for an attempt of the cycle at the same mailbox', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    const held = world.imap.holds();
    const cycle = world.scheduler.advance(0);
    await held.begun;
    const answer = await world.engine.testAndEnable(ANNA, by());
    expect(world.imap.requests).toHaveLength(1);
    expect(await world.store.find('testRuns', { state: 'queued' })).toHaveLength(1);
    held.go();
    await cycle;
    if (answer.kind === 'started') await world.finished(answer.testRunId);
    expect(world.imap.requests).toHaveLength(2);
  });

  it('ends early, passing nothing, when its caller gives up', async () => {
    const world = await createSyncWorld();
    const { version } = await world.mailbox();
    const held = world.imap.holds();
    const caller = new AbortController();
    const answer = await world.engine.testAndEnable(ANNA, by('admin', { signal: caller.signal }));
    await held.begun;
    caller.abort();
    if (answer.kind !== 'started') throw new TypeError(answer.kind);
    const run = await world.finished(answer.testRunId);
    expect(run.results).toMatchObject({
      incoming: { outcome: 'interrupted', by: 'restart', stages: [{ stage: 'connect' }] },
      outgoing: { outcome: 'interrupted', by: 'restart' },
    });
    expect(passed(run)).toBe(false);
    expect(await world.direction('incoming')).toMatchObject({ enabled: false, status: 'not-run' });
    // The mailbox is as it was; a button that is drawn now asks for another test all the same.
    expect((await world.mailbox()).version).toBeGreaterThan(version);
  });

  it('that a dead process left behind is over at the next start, and a new one may begin', async () => {
    const world = await createSyncWorld();
    const held = world.imap.holds();
    const answer = await world.engine.testAndEnable(ANNA, by());
    await held.begun;
    const after = await world.restart();
    if (answer.kind !== 'started') throw new TypeError(answer.kind);
    const run = await after.engine.testRun(answer.testRunId);
    expect(run).toMatchObject({
      state: 'done',
      results: { incoming: { outcome: 'interrupted', by: 'restart' } },
    });
    expect(after.eventsOf('test-run-changed')).toHaveLength(1);
    held.go();
    expect((await after.engine.testAndEnable(ANNA, by())).kind).toBe('started');
    await after.engine.stop();
  });

  it('ends its runs before the engine has stopped', async () => {
    const world = await createSyncWorld();
    const held = world.imap.holds();
    const answer = await world.engine.testAndEnable(ANNA, by());
    await held.begun;
    await world.engine.stop();
    if (answer.kind !== 'started') throw new TypeError(answer.kind);
    expect(await world.engine.testRun(answer.testRunId)).toMatchObject({
      state: 'done',
      results: { incoming: { outcome: 'interrupted', by: 'restart' } },
    });
    await world.scheduler.advance(HOUR_MS);
    expect(world.imap.requests).toHaveLength(1);
  });

  it('keeps the result of a direction that was done before the restart', async () => {
    const world = await createSyncWorld();
    const held = world.smtp.holds();
    const answer = await world.engine.testAndEnable(ANNA, by());
    await held.begun;
    await world.engine.stop();
    if (answer.kind !== 'started') throw new TypeError(answer.kind);
    const run = await world.engine.testRun(answer.testRunId);
    expect(run?.results).toMatchObject({
      incoming: { outcome: 'passed' },
      outgoing: { outcome: 'interrupted', by: 'restart' },
    });
  });

  it('that breaks by a fault of our own blames no restart', async () => {
    const world = await createSyncWorld();
    world.imap.answers(() => {
      throw new TypeError('a mistake in a probe');
    });
    const run = await world.tested();
    expect(run.results.incoming).toMatchObject({ outcome: 'interrupted', by: 'fault' });
  });

  it.each([true, false])(
    'lets a probe send credentials in the clear only by the settings: %s',
    async (insecureChannels) => {
      const world = await createSyncWorld({ insecureChannels });
      await world.tested();
      const asked = [...world.imap.requests, ...world.smtp.requests];
      expect(asked.map(({ allowPlaintextCredentials }) => allowPlaintextCredentials)).toEqual([
        insecureChannels,
        insecureChannels,
      ]);
    },
  );

  it('shows each stage while it runs', async () => {
    const world = await createSyncWorld();
    const held = world.imap.holds();
    const answer = await world.engine.testAndEnable(ANNA, by());
    await held.begun;
    if (answer.kind !== 'started') throw new TypeError(answer.kind);
    const shown = async (): Promise<boolean> => {
      const run = await world.engine.testRun(answer.testRunId);
      return (
        run?.results.incoming.outcome === 'running' && run.results.incoming.stages.length === 1
      );
    };
    await expect.poll(shown).toBe(true);
    held.go();
    await world.finished(answer.testRunId);
  });
});
