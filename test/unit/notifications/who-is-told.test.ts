import { describe, expect, it } from 'vitest';
import type { Delivered } from '../../support/recording-messenger.ts';
import {
  ADMINISTRATOR,
  confirming,
  createWorld,
  disabled,
  failureOf,
  manyMailboxes,
  PROFILE_OWNER,
  recovered,
  retrying,
} from './notification-world.ts';

const mailboxFailure = failureOf({
  scope: 'mailbox',
  reason: 'quota-exceeded',
  nature: 'permanent',
});

function cardsTo(asked: readonly Delivered[], userId: string): readonly Delivered[] {
  return asked.filter(({ kind, recipientId }) => kind === 'send' && recipientId === userId);
}

describe('one outage of a profile with 500 mailboxes', () => {
  it('is one card to the profile owner and one to every mailbox owner', async () => {
    const world = await createWorld({ mailboxes: manyMailboxes(500) });
    for (let number = 1; number <= 500; number += 1) {
      await world.happens(`m${number}`, disabled());
    }
    await world.passes(60_000, 1_000);

    const sends = world.messenger.asked.filter(({ kind }) => kind === 'send');
    expect(sends).toHaveLength(501);
    expect(cardsTo(sends, PROFILE_OWNER).map(({ reference }) => reference)).toMatchObject([
      { card: 'incident', audience: 'must-act' },
    ]);
    for (let number = 1; number <= 500; number += 1) {
      expect(cardsTo(sends, `owner-${number}`).map(({ reference }) => reference)).toMatchObject([
        { card: 'incident', audience: 'informed' },
      ]);
    }
    expect(await world.incidents()).toMatchObject([{ mailboxCount: 500, state: 'disabled' }]);
  });

  it('is told to the profile owner at the first retry, to mailbox owners only when disabled', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner', bo: 'bo-owner' } });
    await world.happens('anna', retrying(1, world.scheduler.now()));
    await world.happens('bo', retrying(1, world.scheduler.now()));
    await world.settled();
    expect(world.messenger.asked.map(({ recipientId }) => recipientId)).not.toContain('anna-owner');
    expect(cardsTo(world.messenger.asked, PROFILE_OWNER)).toHaveLength(1);

    await world.happens('anna', disabled());
    await world.settled();
    expect(cardsTo(world.messenger.asked, 'anna-owner')).toHaveLength(1);
    expect(cardsTo(world.messenger.asked, 'bo-owner')).toHaveLength(0);
    expect(cardsTo(world.messenger.asked, PROFILE_OWNER)).toHaveLength(1);
  });

  it('is one card to an owner of several mailboxes', async () => {
    const world = await createWorld({
      mailboxes: { a: 'anna-owner', b: 'anna-owner', c: 'anna-owner' },
    });
    for (const id of ['a', 'b', 'c']) await world.happens(id, disabled());
    await world.settled();
    expect(cardsTo(world.messenger.asked, 'anna-owner')).toHaveLength(1);
  });

  it('is one card to a profile owner whose own mailbox fails too', async () => {
    const world = await createWorld({ mailboxes: { a: PROFILE_OWNER, b: 'bo-owner' } });
    await world.happens('a', disabled());
    await world.happens('b', disabled());
    await world.settled();
    expect(
      cardsTo(world.messenger.asked, PROFILE_OWNER).map(({ reference }) => reference),
    ).toMatchObject([{ audience: 'must-act' }]);
  });

  it('goes to the System administrators when the profile has no owner', async () => {
    const world = await createWorld({ mailboxes: { a: 'anna-owner' }, profileOwner: null });
    await world.happens('a', retrying(1, world.scheduler.now()));
    await world.settled();
    expect(world.messenger.asked).toMatchObject([
      { recipientId: ADMINISTRATOR, reference: { audience: 'must-act' } },
    ]);
  });
});

describe('a failure of one mailbox', () => {
  it('is told to its owner and to nobody else', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner', bo: 'bo-owner' } });
    await world.happens('anna', disabled(mailboxFailure));
    await world.settled();
    expect(world.messenger.asked).toMatchObject([
      { kind: 'send', recipientId: 'anna-owner', reference: { audience: 'must-act' } },
    ]);
  });

  it('goes to the System administrators when the mailbox has no owner', async () => {
    const world = await createWorld({ mailboxes: { shared: null } });
    await world.happens('shared', disabled(mailboxFailure));
    await world.settled();
    expect(world.messenger.asked.map(({ recipientId }) => recipientId)).toEqual([ADMINISTRATOR]);
  });

  it('is not told while it is only being confirmed', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await world.happens('anna', confirming());
    await world.settled();
    await world.happens('anna', recovered);
    await world.settled();
    expect(world.messenger.asked).toEqual([]);
    expect(await world.incidents()).toMatchObject([{ state: 'closed' }]);
  });

  it('that ends before it could be delivered is not told', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' }, reachable: [] });
    const failure = failureOf({ scope: 'mailbox' });
    await world.happens('anna', retrying(1, world.scheduler.now(), failure));
    await world.settled();
    await world.happens('anna', recovered);
    await world.opens('anna-owner');
    await world.settled();
    expect(world.messenger.asked).toEqual([]);
    expect(await world.rows()).toEqual([]);
  });

  it('that comes and goes within half an hour stays on one card', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    const failure = failureOf({ scope: 'mailbox' });
    for (let round = 0; round < 4; round += 1) {
      await world.happens('anna', retrying(1, world.scheduler.now(), failure));
      await world.passes(300_000);
      await world.happens('anna', recovered);
      await world.passes(300_000);
    }
    expect(cardsTo(world.messenger.asked, 'anna-owner')).toHaveLength(1);
    const [incident, ...others] = await world.incidents();
    expect(others).toEqual([]);
    expect(incident?.steps.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 4 }, () => ['retrying', 'recovered']).flat(),
    );
  });

  it('that comes back hours later, or after it was put right by somebody, is told anew', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    const failure = failureOf({ scope: 'mailbox' });
    await world.happens('anna', retrying(1, world.scheduler.now(), failure));
    await world.passes(1_000);
    await world.happens('anna', recovered);
    await world.passes(3_600_000);
    await world.happens('anna', disabled(failure));
    await world.passes(1_000);
    await world.happens('anna', {
      kind: 'direction-enabled',
      direction: 'incoming',
      by: ADMINISTRATOR,
    });
    await world.passes(60_000);
    await world.happens('anna', retrying(1, world.scheduler.now(), failure));
    await world.passes(1_000);
    expect(cardsTo(world.messenger.asked, 'anna-owner')).toHaveLength(3);
  });
});
