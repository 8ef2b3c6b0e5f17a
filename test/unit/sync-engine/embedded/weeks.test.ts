import { describe, expect, it } from 'vitest';
import { DIRECTIONS } from '../../../../services/domain/mailbox.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { CONNECTION_LOST, PORT_REFUSED } from '../../../support/scripted-probe.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
const START_MS = Date.parse('2026-11-23T08:00:00.000Z');
const both = { enabled: ['incoming', 'outgoing'] } as const;

const hoursOf = (events: readonly { readonly at: string }[]): readonly number[] =>
  events.map(({ at }) => (Date.parse(at) - START_MS) / HOUR_MS);

async function submit({ engine }: SyncWorld, subject: string): Promise<void> {
  await engine.submit({ mailboxId: ANNA, subject, to: ['b@x.test'], text: 'Hello' }, by());
}

/** Minutes between the beginnings of two turns in a row. */
function gapsOf({ turns }: SyncWorld): readonly number[] {
  const began = turns
    .filter(({ direction }) => direction === 'incoming')
    .map(({ startedAt }) => Date.parse(startedAt));
  return began.slice(1).map((at, index) => (at - (began[index] ?? at)) / MINUTE_MS);
}

describe('over three weeks', { timeout: 120_000 }, () => {
  it('an idle mailbox is looked at every twelve minutes to the millisecond, and nothing is written', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    await world.scheduler.advance(2 * HOUR_MS);
    const { version } = await world.mailbox();
    const before = world.turns.length;
    await world.scheduler.advance(3 * WEEK_MS);
    expect(world.turns.length - before).toBe((3 * WEEK_MS) / (12 * MINUTE_MS));
    expect(new Set(gapsOf(world).slice(before))).toEqual(new Set([12]));
    expect((await world.mailbox()).version).toBe(version);
  });

  it('a direction has one timer at the most, whatever people and servers do to it', async () => {
    const idle = (await createSyncWorld()).scheduler.waiting();
    const world = await createSyncWorld(both);
    for (let day = 0; day < 21; day += 1) {
      if (day % 3 === 0) world.imap.fails(PORT_REFUSED);
      await submit(world, `Offer ${day}`);
      await world.scheduler.advance(8 * HOUR_MS);
      world.imap.works();
      await world.tested();
      await world.engine.approve(ANNA, by());
      if (day % 5 === 0) await world.engine.reject(ANNA, by());
      await world.scheduler.advance(16 * HOUR_MS);
      if (day % 5 === 0) await world.engine.approve(ANNA, by());
      const watched = DIRECTIONS.length - 1;
      expect(world.scheduler.waiting() - idle).toBeLessThanOrEqual(watched);
    }
    expect(world.smtp.accepted.length).toBeGreaterThan(0);
  });

  it('outages shorter than 50 minutes disable nothing, and each is over when it is over', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    const began: number[] = [];
    for (let day = 0; day < 21; day += 1) {
      await world.scheduler.advance(DAY_MS - 40 * MINUTE_MS);
      began.push((world.scheduler.now() - START_MS) / HOUR_MS);
      world.imap.fails(CONNECTION_LOST);
      await world.scheduler.advance(40 * MINUTE_MS);
      world.imap.works();
    }
    await world.scheduler.advance(HOUR_MS);
    expect(world.eventsOf('direction-disabled')).toEqual([]);
    const recovered = hoursOf(world.eventsOf('direction-recovered'));
    expect(recovered).toHaveLength(21);
    recovered.forEach((hour, outage) => {
      const lasted = (hour - (began[outage] ?? 0)) * 60;
      expect(lasted).toBeGreaterThan(40);
      expect(lasted).toBeLessThanOrEqual(45);
    });
    expect(await world.engine.openAlerts(ANNA)).toEqual([]);
  });

  it('a server that died stays disabled, is asked every half hour, and is enabled by nobody but a person', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    await world.scheduler.advance(DAY_MS);
    world.imap.fails(PORT_REFUSED);
    await world.scheduler.advance(WEEK_MS);
    expect(world.eventsOf('direction-disabled')).toHaveLength(1);
    const sessions = world.imap.requests.length;
    await world.scheduler.advance(WEEK_MS);
    expect(world.imap.requests.length - sessions).toBe(WEEK_MS / (30 * MINUTE_MS));
    world.imap.works();
    await world.scheduler.advance(WEEK_MS);
    expect(world.eventsOf('server-answers-again')).toHaveLength(1);
    expect(await world.direction('incoming')).toMatchObject({ enabled: false });
    await world.tested();
    expect(await world.direction('incoming')).toMatchObject({ enabled: true });
  });

  it('a process that is restarted every few minutes still counts to ten and disables at 50 minutes', async () => {
    let world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(PORT_REFUSED);
    const disabled: string[] = [];
    for (let restart = 0; restart < 25; restart += 1) {
      await world.scheduler.advance(3 * MINUTE_MS);
      disabled.push(...world.eventsOf('direction-disabled').map(({ at }) => at));
      await world.engine.stop();
      world = await world.restart({ enabled: ['incoming'] });
    }
    expect(disabled).toEqual(['2026-11-23T08:50:00.000Z']);
  });

  it('each message goes once, through outages, lost replies and restarts', async () => {
    let world = await createSyncWorld({ enabled: ['outgoing'] });
    for (let day = 0; day < 21; day += 1) {
      await submit(world, `Offer ${day}`);
      if (day % 4 === 0) world.smtp.losesNextReply();
      if (day % 4 === 1) world.smtp.fails(CONNECTION_LOST);
      await world.scheduler.advance(20 * MINUTE_MS);
      world.smtp.works();
      if (day % 4 === 2) {
        await world.engine.stop();
        world = await world.restart({ enabled: ['outgoing'] });
      }
      await world.scheduler.advance(DAY_MS);
      expect(await world.engine.pendingMessages(ANNA)).toEqual([]);
    }
    const messageIds = new Set(world.smtp.accepted.map(({ messageId }) => messageId));
    expect(messageIds.size).toBe(21);
    const subjects = new Set(world.smtp.accepted.map(({ subject }) => subject));
    expect(subjects.size).toBe(21);
    // Each of the six lost replies brought one copy under the same Message-ID.
    expect(world.smtp.accepted).toHaveLength(21 + 6);
  });
});
