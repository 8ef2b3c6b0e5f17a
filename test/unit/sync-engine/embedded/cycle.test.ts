import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../services/domain/time.ts';
import {
  CERTIFICATE_EXPIRED,
  CONNECTION_LOST,
  PORT_REFUSED,
  RECIPIENT_REJECTED,
  UNDECIDED_535,
  WRONG_PASSWORD,
} from '../../../support/scripted-probe.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const START_MS = Date.parse('2026-11-23T08:00:00.000Z');
const minutesOf = (events: readonly { readonly at: string }[]): number[] =>
  events.map(({ at }) => (Date.parse(at) - START_MS) / MINUTE_MS);

async function submit({ engine }: SyncWorld, subject = 'Offer'): Promise<void> {
  await engine.submit({ mailboxId: ANNA, subject, to: ['b@fabrikam.test'], text: 'Hello' }, by());
}

describe('a wrong password', () => {
  it('disables the direction at once and raises one alert', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(HOUR_MS * 3);
    const disabled = world.eventsOf('direction-disabled');
    expect(minutesOf(disabled)).toEqual([0]);
    expect(disabled[0]).toMatchObject({ because: 'permanent', direction: 'incoming' });
    expect(await world.engine.openAlerts(ANNA)).toEqual([disabled[0]?.alert]);
    expect(disabled[0]?.alert).toMatchObject({ level: 'error', nature: 'permanent' });
    expect(await world.direction('incoming')).toMatchObject({ enabled: false, status: 'failure' });
  });

  it('is the profile owner’s matter when the credentials stand in the profile', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'], credentialSource: 'profile' });
    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(0);
    expect(world.eventsOf('direction-disabled')[0]?.failure.scope).toBe('profile');
  });

  it('is the mailbox owner’s matter when the credentials stand in the mailbox', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'], credentialSource: 'mailbox' });
    world.imap.fails({ ...WRONG_PASSWORD, scope: 'profile' });
    await world.scheduler.advance(0);
    expect(world.eventsOf('direction-disabled')[0]?.failure.scope).toBe('mailbox');
  });
});

describe('a refused port', () => {
  it('is retried at +5 to +50 minutes, and the tenth failing retry disables', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(PORT_REFUSED);
    await world.scheduler.advance(50 * MINUTE_MS - 1);
    expect(world.eventsOf('direction-disabled')).toEqual([]);
    const retrying = world.eventsOf('direction-retrying');
    expect(minutesOf(retrying)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
    expect(retrying.map((event) => event.attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(retrying.map((event) => event.alert.id)).size).toBe(1);
    expect(retrying[0]?.alert.level).toBe('warning');
    await world.scheduler.advance(1);
    const disabled = world.eventsOf('direction-disabled');
    expect(minutesOf(disabled)).toEqual([50]);
    expect(disabled[0]).toMatchObject({ because: 'retries-exhausted', alert: { level: 'error' } });
    expect((await world.engine.openAlerts(ANNA)).map((alert) => alert.id)).toEqual([
      disabled[0]?.alert.id,
    ]);
  });

  it('is forgotten when a retry succeeds: the alert is closed and recovery said once', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(PORT_REFUSED);
    await world.scheduler.advance(12 * MINUTE_MS);
    world.imap.works();
    await world.scheduler.advance(HOUR_MS);
    expect(minutesOf(world.eventsOf('direction-recovered'))).toEqual([15]);
    expect(await world.engine.openAlerts(ANNA)).toEqual([]);
    expect(await world.direction('incoming')).toMatchObject({
      enabled: true,
      status: 'success',
      transientFailures: 0,
      lastFailure: null,
    });
  });

  it('is counted on after a restart, at the same minutes', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(PORT_REFUSED);
    await world.scheduler.advance(22 * MINUTE_MS);
    await world.engine.stop();
    const after = await world.restart({ enabled: ['incoming'] });
    expect(await after.direction('incoming')).toMatchObject({ transientFailures: 5 });
    await after.scheduler.advance(30 * MINUTE_MS);
    expect(minutesOf(after.eventsOf('direction-retrying'))).toEqual([25, 30, 35, 40, 45]);
    expect(minutesOf(after.eventsOf('direction-disabled'))).toEqual([50]);
  });

  it('counts for the direction it happened in only', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    await submit(world);
    world.smtp.fails(PORT_REFUSED);
    await world.scheduler.advance(2 * HOUR_MS);
    expect(await world.direction('incoming')).toMatchObject({ enabled: true, status: 'success' });
    expect(await world.direction('outgoing')).toMatchObject({ enabled: false });
  });
});

describe('a reply that one protocol cannot decide', () => {
  it('is confirmed once after 60 seconds before it disables', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(UNDECIDED_535);
    await world.scheduler.advance(60 * SECOND_MS - 1);
    expect(world.events.map((event) => event.kind)).toEqual(['direction-confirming']);
    expect(await world.direction('incoming')).toMatchObject({ enabled: true, confirming: true });
    expect(await world.engine.openAlerts(ANNA)).toEqual([]);
    await world.scheduler.advance(1);
    expect(minutesOf(world.eventsOf('direction-disabled'))).toEqual([1]);
    expect(world.imap.requests).toHaveLength(2);
  });

  it('comes to nothing when the second attempt works', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(UNDECIDED_535);
    await world.scheduler.advance(0);
    world.imap.works();
    await world.scheduler.advance(2 * MINUTE_MS);
    expect(world.events.map((event) => event.kind)).toEqual([
      'direction-confirming',
      'direction-recovered',
    ]);
  });
});

describe('a disabled direction', () => {
  it('is probed every half hour; that the server answers again is said once, and nothing is enabled', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world);
    world.smtp.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(0);
    world.smtp.works();
    await world.scheduler.advance(3 * HOUR_MS);
    const again = world.eventsOf('server-answers-again');
    expect(minutesOf(again)).toEqual([30]);
    expect(again[0]).toMatchObject({ direction: 'outgoing', pendingSend: 1 });
    expect(await world.direction('outgoing')).toMatchObject({ enabled: false });
    expect((await world.direction('outgoing')).answersAgainAt).toBe(again[0]?.at);
    expect(world.smtp.accepted).toEqual([]);
  });

  it('says so anew after the server failed in between', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(0);
    world.imap.works();
    await world.scheduler.advance(30 * MINUTE_MS);
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(30 * MINUTE_MS);
    world.imap.works();
    await world.scheduler.advance(30 * MINUTE_MS);
    expect(minutesOf(world.eventsOf('server-answers-again'))).toEqual([30, 90]);
    expect(minutesOf(world.eventsOf('server-fails-again'))).toEqual([60]);
    expect(world.eventsOf('direction-disabled')).toHaveLength(1);
  });

  it('that fails for another reason after it answered again raises that reason’s alert', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(0);
    world.imap.works();
    await world.scheduler.advance(30 * MINUTE_MS);
    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(HOUR_MS);
    const [event, more] = world.eventsOf('server-fails-again');
    expect(event).toMatchObject({
      direction: 'incoming',
      failure: { reason: 'credentials-rejected' },
    });
    expect(more).toBeUndefined();
    expect(await world.engine.openAlerts(ANNA)).toEqual([event?.alert]);
  });

  it('whose test fails after the server answered again says that it does not', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(0);
    world.imap.works();
    await world.scheduler.advance(30 * MINUTE_MS);
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.tested();
    expect(world.eventsOf('server-fails-again')).toMatchObject([{ direction: 'incoming' }]);
    expect(await world.direction('incoming')).toMatchObject({ answersAgainAt: null });
  });

  it('is probed on after a restart', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    world.imap.fails(CERTIFICATE_EXPIRED);
    await world.scheduler.advance(MINUTE_MS);
    const after = await world.restart({ enabled: ['incoming'] });
    after.imap.works();
    await after.scheduler.advance(30 * MINUTE_MS);
    expect(minutesOf(after.eventsOf('server-answers-again'))).toEqual([30]);
  });
});

describe('an approval', () => {
  it('falls back to pending when the address in the file changes, and mail stops', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    await world.scheduler.advance(MINUTE_MS);
    const changed = await world.restart({ enabled: ['incoming'], address: 'a.ek@contoso.test' });
    expect((await changed.mailbox()).approval).toMatchObject({ state: 'pending' });
    const sessions = changed.imap.requests.length;
    await changed.scheduler.advance(MINUTE_MS);
    expect(changed.eventsOf('direction-disabled')[0]?.failure.reason).toBe('not-approved');
    expect(changed.imap.requests).toHaveLength(sessions);
    expect((await changed.engine.approve(ANNA, by())).kind).toBe('approved');
    await changed.scheduler.advance(0);
    expect(changed.eventsOf('server-answers-again')).toHaveLength(1);
  });

  it('stays when only the case of the address changes', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    await world.scheduler.advance(MINUTE_MS);
    const same = await world.restart({ address: 'Anna.Ek@Contoso.test' });
    expect((await same.mailbox()).approval.state).toBe('approved');
  });
});

describe('a Pending Send message', () => {
  it('is sent by the next cycle, with a Message-ID of the mailbox’s domain', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await world.scheduler.advance(0);
    await submit(world);
    expect(await world.engine.pendingMessages(ANNA)).toMatchObject([{ why: 'next-cycle' }]);
    const before = await world.mailbox();
    await world.scheduler.advance(5 * MINUTE_MS);
    expect(world.smtp.accepted).toMatchObject([{ subject: 'Offer', to: ['b@fabrikam.test'] }]);
    expect(world.smtp.accepted[0]?.messageId).toMatch(/^<[0-9a-f-]{36}@contoso\.test>$/);
    const after = await world.mailbox();
    expect(after.pendingSend).toBe(0);
    expect(after.version).toBeGreaterThan(before.version);
  });

  it('goes out again under the same Message-ID when the reply was lost, so that it arrives once', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world);
    world.smtp.losesNextReply();
    await world.scheduler.advance(0);
    expect(await world.engine.pendingMessages(ANNA)).toMatchObject([{ why: 'retrying' }]);
    await world.scheduler.advance(HOUR_MS);
    expect(world.smtp.accepted).toHaveLength(2);
    expect(new Set(world.smtp.accepted.map((message) => message.messageId)).size).toBe(1);
    expect(await world.engine.pendingMessages(ANNA)).toEqual([]);
  });

  it('that went out just before the process died, and is not recorded, goes again under the same Message-ID', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world);
    const held = world.smtp.holds();
    const cycle = world.scheduler.advance(0);
    await held.begun;
    world.disk.full = true;
    held.go();
    await cycle;
    expect(await world.store.find('outgoingMessages', { state: 'sending' })).toHaveLength(1);
    world.disk.full = false;
    const after = await world.restart({ enabled: ['outgoing'] });
    await after.scheduler.advance(0);
    expect(after.smtp.accepted).toHaveLength(2);
    expect(new Set(after.smtp.accepted.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await after.engine.pendingMessages(ANNA)).toEqual([]);
  });

  it('that its recipient’s server rejects fails alone: the others go, the direction stays enabled', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world, 'First');
    await submit(world, 'Second');
    let session = 0;
    world.smtp.answers(() => (session++ === 0 ? RECIPIENT_REJECTED : null));
    await world.scheduler.advance(0);
    const [failed] = await world.store.find('outgoingMessages', { state: 'failed' });
    const [accepted] = world.smtp.accepted;
    expect([failed?.subject, accepted?.subject].sort()).toEqual(['First', 'Second']);
    expect(await world.engine.pendingMessages(ANNA)).toEqual([]);
    expect(await world.direction('outgoing')).toMatchObject({
      enabled: true,
      transientFailures: 0,
    });
  });

  it('waits without being lost while the connection is lost', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    await submit(world);
    world.smtp.fails(CONNECTION_LOST);
    await world.scheduler.advance(6 * MINUTE_MS);
    expect((await world.mailbox()).pendingSend).toBe(1);
    expect(await world.direction('outgoing')).toMatchObject({ transientFailures: 2 });
  });
});

describe('a healthy mailbox', () => {
  it('is looked at without a write or an event', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    await world.scheduler.advance(5 * MINUTE_MS);
    const { version } = await world.mailbox();
    await world.scheduler.advance(HOUR_MS);
    expect(world.imap.requests).toHaveLength(13);
    expect((await world.mailbox()).version).toBe(version);
    expect(world.events).toEqual([]);
  });

  it('that is inactive is left alone', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'], active: false });
    await world.scheduler.advance(HOUR_MS);
    expect(world.imap.requests).toEqual([]);
    expect(await world.engine.testAndEnable(ANNA, by())).toEqual({ kind: 'mailbox-inactive' });
  });

  it('is found by neither name nor address of somebody else', async () => {
    const world = await createSyncWorld();
    expect(await world.mailbox(idOf('kim-1'))).toMatchObject({ name: 'Kim Berg' });
    const hits = await world.engine.findMailboxes({ by: 'text', text: 'Kim Berg', limit: 5 });
    expect(hits.map(({ quality, mailbox }) => [quality, mailbox.id])).toEqual([
      ['exact', 'kim-1'],
      ['exact', 'kim-2'],
    ]);
  });
});
