import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

let world: DataverseWorld;
let path: string;
beforeEach(async () => {
  world = await startDataverseWorld();
  path = `mailboxes(${world.mailbox.id})`;
});
afterEach(() => world.stop());

const code = async (target: string, body: unknown): Promise<string> => {
  const { status, error } = await world.patch(target, body);
  expect(status).toBe(400);
  return error.code;
};

describe('a mailbox cannot be saved', () => {
  it('with another address while it belongs to a user or queue', async () => {
    expect(await code(path, { emailaddress: 'new@contoso.com' })).toBe('0x8005e208');
  });

  it('with server-side ACT on a POP3 or IMAP profile', async () => {
    const pop = world.organization.add('emailserverprofile', { name: 'POP', servertype: 1 });
    const bind = { 'emailserverprofile@odata.bind': `/emailserverprofiles(${pop.id})` };
    expect(await code(path, bind)).toBe('0x8005e247');
  });

  it('active while its user is disabled', async () => {
    world.organization.change('systemuser', world.owner.id, { isdisabled: true });
    await world.patch(path, { statecode: 1 });
    expect(await code(path, { statecode: 0 })).toBe('0x8005e230');
  });

  it('for a test while it is inactive or has no profile', async () => {
    await world.patch(path, { statecode: 1 });
    expect(await code(path, { testemailconfigurationscheduled: true })).toBe('0x8005e219');
    await world.patch(path, { statecode: 0, emailserverprofile: null });
    expect(await code(path, { testemailconfigurationscheduled: true })).toBe('0x8005e222');
  });

  it('nor deleted while it belongs to a user or queue', async () => {
    const { status, error } = await world.ask('DELETE', path);
    expect([status, error.code]).toEqual([400, '0x8005e200']);
  });
});

describe('a profile cannot be saved', () => {
  it.each([
    [{ incomingusessl: false }, '0x8005e201'],
    [{ outgoingcredentialretrieval: 3 }, '0x8005e202'],
    [{ incomingcredentialretrieval: 4 }, '0x8005e202'],
    [{ useautodiscover: true, incomingserverlocation: 'https://mail' }, '0x8005e205'],
    [{ incomingserverlocation: 'http://mail' }, '0x8005e240'],
    [{ outgoingserverlocation: 'http://mail' }, '0x8005e241'],
  ])('with %j', async (body, expected) => {
    expect(await code(`emailserverprofiles(${world.profile.id})`, body)).toBe(expected);
  });

  it('but well with what an online organization takes', async () => {
    const body = { useautodiscover: false, incomingserverlocation: 'https://mail.contoso.com' };
    expect((await world.patch(`emailserverprofiles(${world.profile.id})`, body)).status).toBe(204);
  });
});

describe('rows of a test', () => {
  it('are held to the columns as well', () => {
    const add = (values: Parameters<typeof world.organization.add>[1]) => () =>
      world.organization.add('mailbox', values);
    expect(add({ nosuch: 1 })).toThrow('mailbox has no column nosuch');
    expect(add({ statecode: 7 })).toThrow('outside the valid range');
    expect(add({ ownerid: 'x' })).toThrow('mailbox.ownerid is a lookup');
    expect(add({ ownerid: { table: 'queue', id: world.owner.id } })).toThrow('does not point to');
  });
});
