import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

let world: DataverseWorld;
let path: string;
beforeEach(async () => {
  world = await startDataverseWorld();
  path = `mailboxes(${world.mailbox.id})`;
});
afterEach(() => world.stop());

describe('a change', () => {
  it('is answered with the address of the row and no body', async () => {
    const { status, headers, text } = await world.patch(path, { actdeliverymethod: 2 });
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('odata-entityid')).toBe(`${world.organization.url}/api/data/v9.2/${path}`);
    expect(world.now('actdeliverymethod')).toBe(2);
  });

  it('is answered with the row when that is preferred', async () => {
    const headers = { prefer: 'return=representation' };
    const reply = await world.patch(`${path}?$select=username`, { username: 'b' }, { headers });
    expect([reply.status, reply.json.username]).toEqual([200, 'b']);
    expect(reply.headers.get('preference-applied')).toBe('return=representation');
  });

  it('says when and by whom', async () => {
    await world.clock.advance(90_000);
    await world.patch(path, { username: 'b' });
    expect(world.now('modifiedon')).toBe('2026-11-23T08:01:30Z');
    expect(world.now('modifiedby')).toEqual({
      table: 'systemuser',
      id: world.administrator.userId,
    });
  });

  it('binds a lookup and clears it', async () => {
    const other = world.organization.add('emailserverprofile', { name: 'POP', servertype: 1 });
    const bind = { 'emailserverprofile@odata.bind': `/emailserverprofiles(${other.id})` };
    expect((await world.patch(path, { ...bind, actdeliverymethod: 2 })).status).toBe(204);
    expect(world.now('emailserverprofile')).toEqual({ table: other.table, id: other.id });
    expect((await world.patch(path, { emailserverprofile: null })).status).toBe(204);
    expect(world.now('emailserverprofile')).toBeNull();
  });

  it('takes a status with its state', async () => {
    expect((await world.patch(path, { statecode: 1, statuscode: 2 })).status).toBe(204);
    expect((await world.patch(path, { statecode: 0 })).status).toBe(204);
    expect([world.now('statecode'), world.now('statuscode')]).toEqual([0, 1]);
  });
});

describe('a password', () => {
  it('can be told to be there and not be read', async () => {
    await world.patch(path, { password: 'secret' });
    expect([world.now('ispasswordset'), (await world.get(path)).text.includes('secret')]).toEqual([
      true,
      false,
    ]);
    await world.patch(path, { password: null });
    expect(world.now('ispasswordset')).toBe(false);
    const profile = { name: 'POP', incomingpassword: 'x' };
    const headers = { prefer: 'return=representation' };
    const { status, json } = await world.ask('POST', 'emailserverprofiles', {
      body: profile,
      headers,
    });
    expect([status, json.isincomingpasswordset, json.isoutgoingpasswordset]).toEqual([
      201,
      true,
      false,
    ]);
  });
});

describe('a change is a bad request', () => {
  const refused = async (
    body: unknown,
    set = path,
  ): Promise<{ status: number; code: string; message: string }> => {
    const before = world.organization.row('mailbox', world.mailbox.id);
    const { status, error } = await world.patch(set, body);
    expect(world.organization.row('mailbox', world.mailbox.id)).toEqual(before);
    return { status, ...error };
  };

  it('of a column that is not there', async () => {
    expect(await refused({ NoSuch: 1 })).toEqual({
      status: 400,
      code: '0x0',
      message: expect.stringContaining("Invalid property 'NoSuch' was found in entity") as string,
    });
    expect(await refused({ _ownerid_value: null })).toMatchObject({ status: 400, code: '0x0' });
    expect(await refused({ ownerid: 'x' })).toMatchObject({ status: 400, code: '0x0' });
  });

  it.each([
    { actdeliverymethod: '1' },
    { actdeliverymethod: 1.5 },
    { emailaddress: 7 },
    { processanddeleteemails: 'true' },
    { processemailreceivedafter: 'yesterday' },
    { processemailreceivedafter: '2026-11-23' },
    { lastsyncerrorcode: '7' },
    { statecode: null },
    { name: null },
    { postponesendinguntil: null },
    { 'nosuch@odata.bind': '/mailboxes(1)' },
    { 'emailserverprofile@odata.bind': '/mailboxes(00000000-0000-0000-0000-000000000001)' },
    { 'emailserverprofile@odata.bind': 'Microsoft Exchange Online' },
    [],
    'no JSON',
  ])('of the wrong type: %j', async (body) => {
    expect(await refused(body)).toMatchObject({ status: 400, code: '0x80048d19' });
  });

  it('of a value outside the option set', async () => {
    expect(await refused({ actdeliverymethod: 3 })).toEqual({
      status: 400,
      code: '0x8004431a',
      message:
        "A validation error occurred. The value 3 of 'actdeliverymethod' on record of type 'mailbox' is outside the valid range. Accepted Values: 0,1,2",
    });
  });

  it('of a number beyond its bounds', async () => {
    const profile = `emailserverprofiles(${world.profile.id})`;
    for (const minutes of [-1, 1441]) {
      const body = { minpollingintervalinminutes: minutes };
      const message = expect.stringContaining('outside the valid range') as string;
      expect(await refused(body, profile)).toMatchObject({ status: 400, message });
    }
    const most = { minpollingintervalinminutes: 1440 };
    expect((await world.patch(profile, most)).status).toBe(204);
  });

  it('of a text that is too long', async () => {
    expect(await refused({ username: 'x'.repeat(201) })).toMatchObject({
      status: 400,
      code: '0x80044331',
      message: expect.stringContaining("maximum allowed length of '200'") as string,
    });
  });

  it('of a column that is read-only, or that only a new row takes', async () => {
    expect(await refused({ mailboxstatus: 1 })).toMatchObject({ status: 400 });
    expect(await refused({ mailboxid: world.owner.id })).toMatchObject({ status: 400 });
    expect(await refused({})).toMatchObject({ status: 400 });
  });

  it('of a status that does not belong to the state', async () => {
    expect(await refused({ statecode: 1, statuscode: 1 })).toMatchObject({ code: '0x80048408' });
    expect(await refused({ statuscode: 2 })).toMatchObject({ code: '0x80048408' });
  });

  it('of a lookup to a row that is not there', async () => {
    const id = '00000000-0000-0000-0000-000000000001';
    const bind = { 'emailserverprofile@odata.bind': `/emailserverprofiles(${id})` };
    expect(await refused(bind)).toMatchObject({ status: 404, code: '0x80040217' });
  });

  it('of trace logs, which know no update, and of statistics', async () => {
    const { id } = world.organization.traces.write(world.mailbox, { level: 'error', text: 'x' });
    expect(await refused({ machinename: 'm' }, `tracelogs(${id})`)).toMatchObject({ status: 405 });
    const made = await world.ask('POST', 'mailboxstatistics', { body: {} });
    expect(made.status).toBe(405);
  });
});

describe('ETags', () => {
  const etag = async (): Promise<string> => String((await world.get(path)).json['@odata.etag']);

  it('save a reader what has not changed', async () => {
    const tag = await etag();
    const same = await world.get(path, { 'if-none-match': tag });
    expect([same.status, same.text]).toEqual([304, '']);
    await world.patch(path, { username: 'b' });
    expect((await world.get(path, { 'if-none-match': tag })).status).toBe(200);
  });

  it('never save it with annotations or an expansion', async () => {
    const tag = { 'if-none-match': await etag() };
    const annotated = { ...tag, prefer: 'odata.include-annotations="*"' };
    expect((await world.get(path, annotated)).status).toBe(200);
    expect((await world.get(`${path}?$expand=emailserverprofile`, tag)).status).toBe(200);
  });

  it('let a writer change only the version that it has seen', async () => {
    const headers = { 'if-match': await etag() };
    expect((await world.patch(path, { username: 'a' }, { headers })).status).toBe(204);
    const late = await world.patch(path, { username: 'b' }, { headers });
    expect([late.status, late.error.code]).toEqual([412, '0x80060882']);
    expect(world.now('username')).toBe('a');
  });
});

describe('a row that is not there', () => {
  const gone = 'mailboxes(00000000-0000-0000-0000-00000000000a)';

  it('is created by a change unless the change has to match', async () => {
    const strict = await world.patch(gone, { name: 'x' }, { headers: { 'if-match': '*' } });
    expect([strict.status, strict.error.code]).toEqual([404, '0x80040217']);
    expect((await world.patch(gone, { name: 'x' })).status).toBe(204);
    expect((await world.get(gone)).json.name).toBe('x');
  });

  it('may be created only', async () => {
    const headers = { 'if-none-match': '*' };
    expect((await world.patch(path, { username: 'x' }, { headers })).status).toBe(412);
    expect((await world.patch(gone, { name: 'x' }, { headers })).status).toBe(204);
  });

  it('is created by POST, and not twice', async () => {
    const body = { mailboxid: '00000000-0000-0000-0000-00000000000b', name: 'new' };
    const made = await world.ask('POST', 'mailboxes', { body });
    expect([made.status, made.headers.get('location')]).toEqual([
      204,
      expect.stringContaining(body.mailboxid),
    ]);
    const twice = await world.ask('POST', 'mailboxes', { body });
    expect([twice.status, twice.error.code]).toEqual([412, '0x80040237']);
    const early = await world.ask('POST', 'mailboxes', { body: { enabledforact: true } });
    expect(early.status).toBe(400);
  });

  it('is deleted once', async () => {
    const { id } = world.organization.add('mailbox', { name: 'forward' });
    expect((await world.ask('DELETE', `mailboxes(${id})`)).status).toBe(204);
    expect((await world.ask('DELETE', `mailboxes(${id})`)).status).toBe(404);
  });
});
