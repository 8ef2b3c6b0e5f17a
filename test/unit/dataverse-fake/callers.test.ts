import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

let world: DataverseWorld;
beforeEach(async () => {
  world = await startDataverseWorld();
});
afterEach(() => world.stop());

describe('without a token that the organization knows', () => {
  const challenge = async (token: string): Promise<[number, string | null, string]> => {
    const reply = await world.ask('GET', 'WhoAmI', { token });
    return [reply.status, reply.headers.get('www-authenticate'), reply.text];
  };

  it('or that it accepts no more, as when a session was revoked, nobody changes anything', async () => {
    world.organization.faults.add({ fault: { kind: 'unauthorized' }, method: 'PATCH' });
    const path = `mailboxes(${world.mailbox.id})`;
    const reply = await world.patch(path, { name: 'New' });
    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toContain('invalid_token');
    expect(world.now('name')).toBe("Berit's mailbox");
    expect((await world.get(path)).status).toBe(200);
  });

  it('nobody is let in, and the answer is not JSON', async () => {
    const [status, header, text] = await challenge('forged');
    expect(status).toBe(401);
    expect(header).toMatch(/^Bearer error=invalid_token, authorization_uri=https:/);
    expect(text).toBe('HTTP Error 401 - Unauthorized: Access is denied');
  });

  it('a token that ran out or was taken back is as good as none', async () => {
    const short = world.organization.token(world.administrator, 60_000);
    const long = world.organization.token(world.administrator);
    expect((await challenge(short))[0]).toBe(200);
    await world.clock.advance(60_000);
    expect((await challenge(short))[0]).toBe(401);
    world.organization.revoke(long);
    expect((await challenge(long))[0]).toBe(401);
  });
});

describe('somebody with a token', () => {
  it('who is disabled is turned away', async () => {
    world.organization.change('systemuser', world.administrator.userId, { isdisabled: true });
    const { status, error } = await world.get('WhoAmI');
    expect([status, error.code]).toEqual([403, '0x80040225']);
  });

  it('who has no role is turned away', async () => {
    const as = world.organization.addCaller({ name: 'New' });
    const { status, error } = await world.ask('GET', 'WhoAmI', { as });
    expect([status, error.code]).toEqual([403, '0x80042f09']);
  });

  it('who was removed is not a member', async () => {
    world.organization.remove('systemuser', world.administrator.userId);
    expect((await world.get('WhoAmI')).error).toEqual({
      code: '0x80072560',
      message: 'The user is not a member of the organization.',
    });
  });

  it('who lacks a privilege is told which', async () => {
    const as = world.organization.addCaller({ name: 'Reader', roles: ['Mailbox Medic'] });
    expect((await world.ask('GET', 'mailboxes', { as })).status).toBe(200);
    const read = await world.ask('GET', 'queues', { as });
    expect([read.status, read.error.code]).toEqual([403, '0x80040220']);
    expect(read.error.message).toMatch(
      /^Principal user \(Id=.+, type=8, roleCount=1, privilegeCount=3, .+ is missing prvReadQueue privilege \(Id=.+\) on OTC=2020 for entity 'queue'\. context\.Caller=/,
    );
    const path = `mailboxes(${world.mailbox.id})`;
    const write = await world.patch(path, { username: 'x' }, { as });
    expect(write.error.message).toContain('is missing prvWriteMailbox privilege');
    const create = await world.ask('POST', 'mailboxes', { as, body: { name: 'x' } });
    expect(create.error.message).toContain('is missing prvCreateMailbox privilege');
    const remove = await world.ask('DELETE', path, { as });
    expect(remove.error.message).toContain('is missing prvDeleteMailbox privilege');
    const roles = await world.ask('GET', `systemusers(${as.userId})/systemuserroles_association`, {
      as,
    });
    expect(roles.error.message).toContain('is missing prvReadRole privilege');
  });
});

describe('a function', () => {
  it('says who asks', async () => {
    const { json } = await world.get('WhoAmI');
    expect(json).toMatchObject({
      UserId: world.administrator.userId,
      OrganizationId: world.organization.organizationId,
      BusinessUnitId: expect.any(String) as string,
    });
    expect((await world.get('WhoAmI()')).json).toEqual(json);
  });

  it('is asked by GET only', async () => {
    const { status, error } = await world.ask('POST', 'WhoAmI', { body: {} });
    expect(status).toBe(404);
    expect(error.message).toMatch(/^No HTTP resource was found that matches the request URI/);
  });

  it('says which organization this is', async () => {
    const value = "Microsoft.Dynamics.CRM.EndpointAccessType'Default'";
    const { json } = await world.get(`RetrieveCurrentOrganization(AccessType=@p1)?@p1=${value}`);
    expect(json.Detail).toMatchObject({ FriendlyName: 'Contoso', State: 'Enabled' });
    const direct = await world.get(`RetrieveCurrentOrganization(AccessType=${value})`);
    expect(direct.json).toEqual(json);
    expect((await world.get('RetrieveCurrentOrganization(AccessType=1)')).status).toBe(400);
  });

  it('says which roles and privileges a user has', async () => {
    const reader = world.organization.addCaller({ name: 'Reader', roles: ['Mailbox Medic'] });
    const path = `systemusers(${reader.userId})/`;
    const roles = await world.get(`${path}systemuserroles_association?$select=name`);
    expect(roles.rows).toEqual([{ name: 'Mailbox Medic', roleid: expect.any(String) as string }]);
    const privileges = await world.get(`${path}Microsoft.Dynamics.CRM.RetrieveUserPrivileges`);
    expect(privileges.json.RolePrivileges).toContainEqual(
      expect.objectContaining({ PrivilegeName: 'prvReadMailbox', Depth: 'Global' }),
    );
    const all = await world.get(
      `systemusers(${world.administrator.userId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`,
    );
    expect(all.json.RolePrivileges).toContainEqual(
      expect.objectContaining({
        PrivilegeName: 'prvApproveRejectEmailAddress',
        PrivilegeId: '54e8c67e-9cc2-441b-802f-788f93e977d6',
      }),
    );
  });

  it('refuses a user who is not there, and columns of a role that it does not know', async () => {
    const none = 'systemusers(00000000-0000-0000-0000-000000000001)/';
    expect((await world.get(`${none}systemuserroles_association`)).status).toBe(404);
    const some = `systemusers(${world.owner.id})/`;
    const other = await world.get(`${some}systemuserroles_association?$select=createdon`);
    expect(other.status).toBe(501);
    expect((await world.get(`${some}queuemembership_association`)).status).toBe(501);
  });
});
