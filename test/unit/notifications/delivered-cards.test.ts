import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import {
  ADMINISTRATOR,
  answersAgain,
  confirming,
  createWorld,
  disabled,
  enabled,
  failsAgain,
  failureOf,
  PROFILE_OWNER,
  recovered,
  retrying,
} from './notification-world.ts';

const network = failureOf({ scope: 'mailbox' });
const quota = failureOf({ scope: 'mailbox', reason: 'quota-exceeded' });

describe('a delivered card', () => {
  it('is updated in place through retries, disabling, answering again and closing', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    const states: string[] = [];
    const look = async (): Promise<void> => {
      await world.passes(60_000);
      const [incident] = await world.incidents();
      states.push(`${incident?.state} ${world.messenger.asked.length}`);
    };
    await world.happens('anna', retrying(1, world.scheduler.now(), network));
    await look();
    await world.happens('anna', retrying(2, world.scheduler.now(), network));
    await look();
    await world.happens('anna', disabled(network));
    await look();
    await world.happens('anna', answersAgain);
    await look();
    await world.happens('anna', enabled);
    await look();

    expect(states).toEqual([
      'retrying 1',
      'retrying 2',
      'disabled 3',
      'answers-again 4',
      'closed 5',
    ]);
    const [send, ...updates] = world.messenger.asked;
    expect(send?.kind).toBe('send');
    expect(updates.map(({ kind, activityId }) => [kind, activityId])).toEqual(
      updates.map(() => ['update', 'activity-1']),
    );
    expect((await world.rows()).map(({ state }) => state)).toEqual(['delivered']);
  });

  it('has one pending update however often it changes before that is delivered', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', retrying(1, world.scheduler.now(), network));
    await world.settled();
    const held = world.messenger.holds();
    await world.happens('anna', retrying(2, world.scheduler.now(), network));
    await held.begun;
    for (let attempt = 3; attempt <= 10; attempt += 1) {
      await world.happens('anna', retrying(attempt, world.scheduler.now(), network));
    }
    expect((await world.rows()).filter(({ work }) => work.kind === 'update')).toHaveLength(1);
    held.go();
    await world.passes(1_000);
    // The one under way, and one for everything that changed meanwhile.
    expect(world.messenger.asked.map(({ kind }) => kind)).toEqual(['send', 'update', 'update']);
  });

  it('is updated when it became stale while it was being sent', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    const held = world.messenger.holds();
    await world.happens('anna', retrying(1, world.scheduler.now(), network));
    await held.begun;
    await world.happens('anna', recovered);
    held.go();
    await world.passes(1_000);
    expect(world.messenger.asked.map(({ kind }) => kind)).toEqual(['send', 'update']);
    expect((await world.rows()).map(({ state }) => state)).toEqual(['delivered']);
  });

  it('of somebody who is only informed follows the end of the outage', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner', bo: 'bo-owner' } });
    await world.happens('anna', disabled());
    await world.happens('bo', disabled());
    await world.passes(60_000, 10_000);
    const before = world.messenger.asked.length;
    for (const id of ['anna', 'bo']) await world.happens(id, answersAgain);
    await world.passes(60_000, 10_000);
    for (const id of ['anna', 'bo']) await world.happens(id, enabled);
    await world.passes(60_000, 10_000);
    const told = world.messenger.asked.slice(before);
    expect(told.every(({ kind }) => kind === 'update')).toBe(true);
    for (const person of ['anna-owner', 'bo-owner', PROFILE_OWNER]) {
      const updates = told.filter(({ recipientId }) => recipientId === person);
      expect(updates.length).toBeGreaterThanOrEqual(2);
    }
    expect(await world.incidents()).toMatchObject([{ state: 'closed' }]);
  });

  it('takes back that the server answers again when it does not', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', disabled(network));
    await world.passes(60_000);
    for (const event of [answersAgain, failsAgain(network), answersAgain]) {
      await world.happens('anna', event);
      await world.passes(60_000);
    }
    const [incident] = await world.incidents();
    expect(incident?.steps.map(({ kind }) => kind)).toEqual([
      'disabled',
      'answers-again',
      'fails-again',
      'answers-again',
    ]);
    expect(world.messenger.asked.map(({ kind }) => kind)).toEqual([
      'send',
      'update',
      'update',
      'update',
    ]);
    await world.happens('anna', failsAgain(network));
    expect(await world.incidents()).toMatchObject([{ state: 'disabled', closedAt: null }]);
  });

  it('goes on with the other fault that the server fails with after it answered again', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    for (const event of [disabled(network), answersAgain, failsAgain(quota)]) {
      await world.happens('anna', event);
      await world.passes(60_000);
    }
    const [, next] = await world.incidents();
    expect(next).toMatchObject({ state: 'disabled', failure: { reason: 'quota-exceeded' } });
    expect(world.messenger.asked.slice(2).map(({ reference }) => reference)).toMatchObject([
      { incidentId: next?.id },
      { incidentId: next?.id },
    ]);
  });

  it('of an informed owner follows their own mailbox while others are still disabled', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner', bo: 'bo-owner' } });
    for (const id of ['anna', 'bo']) await world.happens(id, disabled());
    await world.passes(60_000, 10_000);
    const before = world.messenger.asked.length;
    await world.happens('anna', enabled);
    await world.passes(60_000, 10_000);
    expect(
      world.messenger.asked
        .slice(before)
        .map(({ recipientId }) => recipientId)
        .sort(),
    ).toEqual(['anna-owner', PROFILE_OWNER]);
  });

  it('offers what is true after an approval', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', disabled(failureOf({ scope: 'mailbox', reason: 'not-approved' })));
    await world.settled();
    await world.happens('anna', { kind: 'approval-changed', approved: true, by: ADMINISTRATOR });
    await world.passes(10_000);
    expect(world.messenger.asked.map(({ kind }) => kind)).toEqual(['send', 'update']);
  });

  it('that shows a mailbox is updated when the mailbox changes', async () => {
    const world = await createWorld({ mailboxes: { anna: null } });
    const reference = { card: 'mailbox', mailboxId: idOf<MailboxId>('anna') } as const;
    const copy = {
      id: 'conversation-adam:shown',
      conversationId: `conversation-${ADMINISTRATOR}`,
      activityId: 'shown',
      viewerId: ADMINISTRATOR,
      reference,
      subject: 'mailbox:anna',
    };
    const drawnFrom = await world.notifications.drawnFrom(reference);
    await world.store.transact((transaction) =>
      world.notifications.rememberCopy(transaction, copy, drawnFrom),
    );
    await world.settled();
    expect(world.messenger.asked).toEqual([]);
    await world.store.transact((transaction) =>
      world.notifications.enqueueCopyUpdates(transaction, [idOf('anna'), idOf('somebody-else')]),
    );
    await world.settled();
    expect(world.messenger.asked).toMatchObject([{ kind: 'update', activityId: 'shown' }]);
  });
});

describe('what the bot itself has seen of servers', () => {
  it('stands on the open incidents of their profile', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', retrying(1, world.scheduler.now(), network));
    await world.settled();
    const seen = { kind: 'servers-seen', mailboxIds: [idOf<MailboxId>('anna')] } as const;
    await world.happens('anna', seen);
    await world.passes(60_000);
    expect(world.messenger.asked.map(({ kind }) => kind)).toEqual(['send', 'update']);
    await world.happens('anna', { kind: 'direction-recovered', direction: 'incoming' });
    await world.passes(60_000);
    const before = world.messenger.asked.length;
    await world.happens('anna', seen);
    await world.passes(60_000);
    expect(world.messenger.asked).toHaveLength(before);
  });
});

describe('a direction that fails for another reason', () => {
  it('leaves the old incident, whose card goes on with the new one', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', retrying(1, world.scheduler.now(), network));
    await world.passes(60_000);
    await world.happens('anna', retrying(2, world.scheduler.now(), quota));
    await world.passes(60_000);
    const [old, next] = await world.incidents();
    expect(old).toMatchObject({ state: 'closed', failure: { reason: 'connection-refused' } });
    expect(next).toMatchObject({
      state: 'retrying',
      attempt: 2,
      failure: { reason: 'quota-exceeded' },
    });
    // The reader is never told that it works again, and is not told twice of one retry.
    expect(world.messenger.asked).toMatchObject([
      { kind: 'send', reference: { incidentId: old?.id } },
      { kind: 'update', reference: { incidentId: next?.id, audience: 'must-act' } },
    ]);
  });

  it('is told anew when the other reason disables it', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', retrying(1, world.scheduler.now(), network));
    await world.passes(60_000);
    await world.happens('anna', disabled(quota));
    await world.passes(60_000);
    const next = (await world.incidents())[1];
    expect(
      world.messenger.asked
        .slice(1)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['send', 'update']);
    for (const { reference } of world.messenger.asked.slice(1)) {
      expect(reference).toMatchObject({ incidentId: next?.id });
    }
  });

  it('leaves those alone who fail as before, and corrects the count on their card', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner', bo: 'bo-owner' } });
    for (const id of ['anna', 'bo']) await world.happens(id, disabled());
    await world.passes(60_000);
    const before = world.messenger.asked.length;
    await world.happens('anna', disabled(quota));
    await world.passes(60_000, 5_000);
    expect(await world.incidents()).toMatchObject([
      { scope: 'profile', state: 'disabled', counts: { disabled: 1, well: 1 } },
      { scope: 'mailbox', state: 'disabled', counts: { disabled: 1 } },
    ]);
    const updated = world.messenger.asked.slice(before).filter(({ kind }) => kind === 'update');
    expect(updated.map(({ recipientId }) => recipientId)).toContain(PROFILE_OWNER);
  });

  it('stays where it is while the other reason is only being confirmed', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', retrying(3, world.scheduler.now(), network));
    await world.passes(300_000);
    await world.happens('anna', confirming({ ...quota, needsConfirmation: true }));
    const [incident, ...others] = await world.incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      state: 'retrying',
      attempt: 3,
      nextAttemptAt: '2026-11-23T08:06:00.000Z',
      failure: { reason: 'connection-refused' },
    });
  });
});

describe('the story of an incident', () => {
  it('says each transition once, however many mailboxes take it', async () => {
    const world = await createWorld({ mailboxes: { a: 'oa', b: 'ob', c: 'oc' } });
    const all = async (
      body: (nowMs: number) => Parameters<typeof world.happens>[1],
    ): Promise<void> => {
      for (const id of ['a', 'b', 'c']) await world.happens(id, body(world.scheduler.now()));
    };
    await all(() => confirming());
    await world.passes(60_000);
    // Their retries overlap: the third begins when the first is at its second.
    await world.happens('a', retrying(1, world.scheduler.now()));
    await world.happens('b', retrying(1, world.scheduler.now()));
    await world.happens('a', retrying(2, world.scheduler.now()));
    await world.happens('c', retrying(1, world.scheduler.now()));
    await world.happens('b', retrying(2, world.scheduler.now()));
    await world.happens('a', confirming());
    await world.happens('c', retrying(2, world.scheduler.now()));
    await all(() => disabled());
    await world.happens('a', answersAgain);
    await world.happens('b', answersAgain);
    await world.happens('a', enabled);
    await world.happens('c', answersAgain);
    await world.happens('b', enabled);
    await world.happens('c', enabled);
    const [incident] = await world.incidents();
    expect(incident?.steps.map(({ kind, attempt }) => `${kind}${attempt ?? ''}`)).toEqual([
      'confirming',
      'retrying1',
      'retrying2',
      'disabled',
      'answers-again',
      'enabled',
    ]);
  });

  it('says nothing of a mailbox that fails for another reason now', async () => {
    const world = await createWorld({ mailboxes: { a: 'oa', b: 'ob' } });
    for (const id of ['a', 'b']) await world.happens(id, retrying(1, world.scheduler.now()));
    await world.happens('a', retrying(2, world.scheduler.now(), quota));
    const [outage] = await world.incidents();
    expect(outage?.steps.map(({ attempt }) => attempt)).toEqual([1]);
  });

  it('counts the retries of a new round from the start', async () => {
    const world = await createWorld({ mailboxes: { a: 'oa', b: 'ob' } });
    for (const id of ['a', 'b']) await world.happens(id, retrying(9, world.scheduler.now()));
    for (const id of ['a', 'b']) await world.happens(id, disabled());
    for (const id of ['a', 'b']) await world.happens(id, answersAgain);
    await world.happens('a', enabled);
    await world.happens('a', retrying(1, world.scheduler.now()));
    expect(await world.incidents()).toMatchObject([{ state: 'retrying', attempt: 1 }]);
  });

  it('names the soonest attempt that is still to come', async () => {
    const world = await createWorld({ mailboxes: { a: 'oa', b: 'ob' } });
    const start = world.scheduler.now();
    await world.happens('a', retrying(1, start));
    await world.passes(60_000);
    await world.happens('b', retrying(1, world.scheduler.now()));
    expect(await world.incidents()).toMatchObject([{ nextAttemptAt: '2026-11-23T08:05:00.000Z' }]);
    await world.passes(240_000);
    await world.happens('a', retrying(2, world.scheduler.now()));
    expect(await world.incidents()).toMatchObject([{ nextAttemptAt: '2026-11-23T08:10:00.000Z' }]);
    await world.happens('a', recovered);
    await world.happens('b', recovered);
    expect(await world.incidents()).toMatchObject([{ nextAttemptAt: null }]);
  });
});
