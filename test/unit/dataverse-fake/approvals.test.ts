import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../support/dataverse/callers.ts';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

let world: DataverseWorld;
let user: string;
beforeEach(async () => {
  world = await startDataverseWorld();
  user = `systemusers(${world.owner.id})`;
});
afterEach(() => world.stop());

const approve = (as: Caller, value = 1): ReturnType<DataverseWorld['patch']> =>
  world.patch(user, { emailrouteraccessapproval: value }, { as });

const state = async (): Promise<unknown[]> => {
  const { json } = await world.get(
    `${user}?$select=emailrouteraccessapproval,isemailaddressapprovedbyo365admin`,
  );
  return [json.emailrouteraccessapproval, json.isemailaddressapprovedbyo365admin];
};

const person = (roles: string[], entraRoles: Caller['entraRoles'] = []): Caller =>
  world.organization.addCaller({ name: roles.join(), roles, entraRoles });

describe('an approval of an Exchange Online address', () => {
  it('by an Exchange administrator who is a system administrator reaches the mailbox', async () => {
    expect((await approve(world.administrator)).status).toBe(204);
    expect(await state()).toEqual([1, true]);
    expect(world.now('emailrouteraccessapproval')).toBe(1);
    expect(world.now('isemailaddressapprovedbyo365admin')).toBe(true);
    expect(world.now('emailaddressapprovedby')).toMatchObject({ id: world.administrator.userId });
  });

  it('by a Delegated Mailbox Approver counts as well', async () => {
    world.organization.addRole('Delegated Mailbox Approver', []);
    await approve(person(['System Administrator', 'Delegated Mailbox Approver']));
    expect(await state()).toEqual([1, true]);
  });

  it('by an application is a success that changes nothing', async () => {
    const before = world.organization.row('systemuser', world.owner.id);
    expect((await approve(world.application)).status).toBe(204);
    expect(await state()).toEqual([2, false]);
    expect(world.organization.row('systemuser', world.owner.id)).toEqual(before);
  });

  it('by a system administrator alone is denied, in one of two ways or without a word', async () => {
    const as = person(['System Administrator']);
    const roles = await approve(as);
    expect([roles.status, roles.error.message]).toEqual([
      403,
      'This email address can only be approved by a user with the Global Administrator or Exchange Administrator role in Office 365 or the Delegated Mailbox Approver role in Dynamics 365.',
    ]);
    world.organization.setDenial('names-the-user');
    expect((await approve(as)).error.message).toBe(
      `User ${as.userId} should be a global administrator or exchange administrator to approve mailbox in organization ${world.organization.organizationId}.`,
    );
    world.organization.setDenial('silent');
    expect((await approve(as)).status).toBe(204);
    expect(await state()).toEqual([2, false]);
  });

  it('by an Exchange administrator who is nobody in Dynamics is denied', async () => {
    world.organization.addRole('Approver', ['prvWriteUser', 'prvApproveRejectEmailAddress']);
    expect((await approve(person(['Approver'], ['Global Administrator']))).status).toBe(403);
  });

  it('without the privilege is denied by its name', async () => {
    world.organization.addRole('Writer', ['prvWriteUser']);
    const { status, error } = await approve(person(['Writer'], ['Global Administrator']));
    expect([status, error.code]).toEqual([403, '0x80040220']);
    expect(error.message).toContain('is missing prvApproveRejectEmailAddress privilege');
  });
});

describe('approvals', () => {
  it('of another server need a system administrator only, and Office 365 says nothing', async () => {
    world.organization.change('emailserverprofile', world.profile.id, { servertype: 0 });
    expect((await approve(person(['System Administrator']))).status).toBe(204);
    expect(await state()).toEqual([1, false]);
  });

  it('are taken back by a rejection', async () => {
    await approve(world.administrator);
    expect((await approve(world.administrator, 3)).status).toBe(204);
    expect(await state()).toEqual([3, false]);
    expect(world.now('emailrouteraccessapproval')).toBe(3);
  });

  it('end with the address that was approved', async () => {
    await approve(world.administrator);
    await world.patch(user, { internalemailaddress: 'new@contoso.com' });
    expect((await state())[0]).toBe(2);
    expect(world.now('emailaddress')).toBe('new@contoso.com');
  });

  it('can be written to the mailbox, and reach its user', async () => {
    const path = `mailboxes(${world.mailbox.id})`;
    await world.patch(path, { emailrouteraccessapproval: 1 }, { as: world.application });
    expect(await state()).toEqual([2, false]);
    await world.patch(path, { emailrouteraccessapproval: 1 });
    expect(await state()).toEqual([1, true]);
  });

  it('of a queue work the same', async () => {
    const queue = world.organization.add('queue', {
      name: 'Support',
      emailaddress: 'support@contoso.com',
      emailrouteraccessapproval: 2,
      defaultmailbox: { table: 'mailbox', id: world.mailbox.id },
    });
    const path = `queues(${queue.id})`;
    await world.patch(path, { emailrouteraccessapproval: 1 }, { as: world.application });
    expect((await world.get(path)).json.emailrouteraccessapproval).toBe(2);
    await world.patch(path, { emailrouteraccessapproval: 1 });
    expect((await world.get(path)).json.isemailaddressapprovedbyo365admin).toBe(true);
    expect(world.now('emailrouteraccessapproval')).toBe(1);
  });

  it('by Office 365 cannot be written', async () => {
    const body = { isemailaddressapprovedbyo365admin: true };
    expect((await world.patch(user, body)).status).toBe(400);
  });
});
