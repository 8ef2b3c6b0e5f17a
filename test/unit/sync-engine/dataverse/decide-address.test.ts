import { beforeEach, describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
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
  await world.start();
});

const writes = () => world.organization.seen.filter(({ method }) => method === 'PATCH');
const stateNow = async () => (await mailboxById(world.engine, berit))?.approval.state;

describe('approving an address in Dynamics 365', () => {
  it('is one column of its user, written as the person, told once whoever notices it', async () => {
    const answer = await world.engine.approve(berit, world.by());
    expect(answer).toMatchObject({
      kind: 'approved',
      mailbox: { approval: { state: 'approved' } },
    });
    expect(writes()).toMatchObject([
      { path: `systemusers(${world.owner.id})`, userId: world.administrator.userId },
    ]);
    expect(world.organization.row('systemuser', world.owner.id)?.values).toMatchObject({
      emailrouteraccessapproval: 1,
      isemailaddressapprovedbyo365admin: true,
    });
    await world.clock.advance(120_000);
    expect(world.events).toMatchObject([
      { kind: 'approval-changed', approved: true, by: world.by().actor.userId },
    ]);
  });

  it('of a queue is written on the queue', async () => {
    const queue = world.organization.add('queue', {
      name: 'Support',
      emailaddress: 'support@contoso.com',
      emailrouteraccessapproval: 2,
      defaultmailbox: { table: 'mailbox', id: berit },
    });
    world.organization.change('mailbox', berit, {
      regardingobjectid: { table: 'queue', id: queue.id },
    });
    expect((await world.engine.approve(berit, world.by())).kind).toBe('approved');
    expect(writes().map(({ path }) => path)).toEqual([`queues(${queue.id})`]);
  });

  it('that Dynamics 365 only says it did is no approval, and is told to nobody', async () => {
    world.organization.setDenial('silent');
    const clerk = world.organization.addCaller({ name: 'Carl', roles: ['System Administrator'] });
    expect(await world.engine.approve(berit, world.by('once', clerk))).toEqual({
      kind: 'no-effect',
    });
    expect(await stateNow()).toBe('pending');
    expect(world.events).toEqual([]);
    // The same press goes through when the person has got the role.
    expect((await world.engine.approve(berit, world.by('once'))).kind).toBe('approved');
  });

  it.each(['names-the-user', 'names-the-roles'] as const)(
    'is refused in the words of Dynamics 365, which %s',
    async (denial) => {
      world.organization.setDenial(denial);
      const clerk = world.organization.addCaller({ name: 'Carl', roles: ['System Administrator'] });
      const answer = await world.engine.approve(berit, world.by('once', clerk));
      expect(answer).toMatchObject({ kind: 'not-permitted', lacks: 'office-administrator' });
      expect('reply' in answer && answer.reply).toMatch(/global administrator/i);
      expect(world.events).toEqual([]);
    },
  );

  it('names the privilege that is missing', async () => {
    world.organization.addRole('Reader', ['prvReadMailbox', 'prvReadUser', 'prvWriteUser']);
    const reader = world.organization.addCaller({ name: 'Rita', roles: ['Reader'] });
    const answer = await world.engine.approve(berit, world.by('once', reader));
    expect(answer).toMatchObject({ kind: 'not-permitted', lacks: 'privilege' });
    expect('reply' in answer && answer.reply).toContain('prvApproveRejectEmailAddress');
  });

  it('asks for the person, and leaves it be where they have not signed in', async () => {
    const { actor, ...context } = world.by();
    const unknown = { ...context, actor: { userId: actor.userId } };
    expect(await world.engine.approve(berit, unknown)).toEqual({ kind: 'sign-in-required' });
    expect(writes()).toEqual([]);
  });

  it('that somebody else was quicker with is so already', async () => {
    await world.engine.approve(berit, world.by());
    expect((await world.engine.approve(berit, world.by())).kind).toBe('already-approved');
    expect(writes()).toHaveLength(1);
  });

  it('pressed twice at once is written once', async () => {
    const pressed = world.by('once');
    const answers = await Promise.all([
      world.engine.approve(berit, pressed),
      world.engine.approve(berit, pressed),
    ]);
    expect(answers.map(({ kind }) => kind)).toEqual(['approved', 'approved']);
    expect(writes()).toHaveLength(1);
  });
});
