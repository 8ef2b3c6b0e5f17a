import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import {
  CERTIFICATE_EXPIRED,
  PORT_REFUSED,
  WRONG_PASSWORD,
} from '../../../support/scripted-probe.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const BOTH = ['incoming', 'outgoing'] as const;

async function submitted({ engine }: SyncWorld, subject: string): Promise<void> {
  await engine.submit({ mailboxId: ANNA, subject, to: ['b@fabrikam.test'], text: '' }, by());
}

describe('a mailbox that is deactivated', () => {
  it('is not looked at and sends nothing, until it is active and goes on with what was enabled', async () => {
    const world = await createSyncWorld({ enabled: BOTH });
    await world.engine.setActive(ANNA, false, by());
    await submitted(world, 'Later');
    await world.scheduler.advance(2 * HOUR_MS);
    expect(world.imap.requests).toHaveLength(0);
    expect(world.smtp.accepted).toHaveLength(0);
    expect(await world.engine.pendingMessages(ANNA)).toMatchObject([{ why: 'mailbox-inactive' }]);

    const back = await world.engine.setActive(ANNA, true, by());
    expect(back).toMatchObject({ mailbox: { directions: { incoming: { enabled: true } } } });
    await world.scheduler.advance(12 * MINUTE_MS);
    expect(world.imap.requests).not.toHaveLength(0);
    expect(world.smtp.accepted.map(({ subject }) => subject)).toEqual(['Later']);
  });

  it('is retried no more and has no open alerts; what still fails is raised and told again', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(PORT_REFUSED);
    await world.scheduler.advance(12 * MINUTE_MS);
    expect((await world.direction('incoming')).transientFailures).toBeGreaterThan(0);
    await world.engine.setActive(ANNA, false, by());
    expect(await world.engine.openAlerts(ANNA)).toEqual([]);
    expect(await world.direction('incoming')).toMatchObject({
      enabled: true,
      transientFailures: 0,
      nextAttemptAt: null,
    });
    const before = world.events.length;
    await world.scheduler.advance(2 * HOUR_MS);
    expect(world.events).toHaveLength(before);

    await world.engine.setActive(ANNA, true, by());
    await world.scheduler.advance(12 * MINUTE_MS);
    const since = world.events.slice(before);
    expect(since.find(({ kind }) => kind === 'direction-retrying')).toMatchObject({ attempt: 1 });
    expect(await world.engine.openAlerts(ANNA)).toHaveLength(1);
  });

  it('and had been disabled before, says so again when it is active and still fails', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(12 * MINUTE_MS);
    expect((await world.direction('incoming')).disabledAt).not.toBeNull();
    await world.engine.setActive(ANNA, false, by());
    await world.engine.setActive(ANNA, true, by());
    await world.scheduler.advance(40 * MINUTE_MS);
    expect(world.eventsOf('server-fails-again')).toHaveLength(1);
    expect(await world.engine.openAlerts(ANNA)).toHaveLength(1);
  });

  it('while its test runs, is not enabled by it', async () => {
    const world = await createSyncWorld();
    const answer = await world.engine.testAndEnable(ANNA, by());
    await world.engine.setActive(ANNA, false, by());
    if (answer.kind !== 'started') throw new TypeError(answer.kind);
    const run = await world.finished(answer.testRunId);
    expect(run.results.outgoing).toEqual({ outcome: 'skipped', because: 'mailbox-inactive' });
    expect((await world.direction('outgoing')).enabled).toBe(false);
  });

  it('stays so over a restart, until the registry says so itself', async () => {
    const world = await createSyncWorld({ enabled: BOTH });
    await world.engine.setActive(ANNA, false, by());
    const same = await world.restart({ enabled: BOTH });
    expect((await same.mailbox()).active).toBe(false);
    const edited = await same.restart({ enabled: BOTH, active: false });
    expect(await edited.engine.setUpChanges(ANNA)).toEqual([]);
    const again = await edited.restart({ enabled: BOTH });
    expect((await again.mailbox()).active).toBe(true);
  });

  it('counts no more among those of its profile that fail', async () => {
    const world = await createSyncWorld({ credentialSource: 'mailbox' });
    for (const id of [ANNA, idOf<typeof ANNA>('kim-1')]) await world.tested(id);
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(4 * HOUR_MS);
    const outages = () => world.eventsOf('profile-outage-changed').map(({ outage }) => outage);
    expect(outages().map(({ endedAt }) => endedAt)).toEqual([null]);
    await world.engine.setActive(ANNA, false, by());
    expect(outages().at(-1)?.endedAt).not.toBeNull();
  });

  it('twice at once is deactivated once', async () => {
    const world = await createSyncWorld();
    const answers = await Promise.all(
      [by(), by()].map((press) => world.engine.setActive(ANNA, false, press)),
    );
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['changed', 'unchanged']);
    expect(world.eventsOf('mailbox-deactivated')).toMatchObject([{ by: 'admin' }]);
  });
});
