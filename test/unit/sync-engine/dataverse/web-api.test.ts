import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textLiteral } from '../../../../services/sync-engine/dataverse/odata-literal.ts';
import type { WebApi } from '../../../../services/sync-engine/dataverse/web-api.ts';
import { asPerson, dataverseApi } from '../../../support/dataverse-api.ts';
import { type DataverseWorld, startDataverseWorld } from '../../../support/dataverse-world.ts';

let world: DataverseWorld;
let api: WebApi;
const asking = asPerson();
const SELECT = ['name', 'actdeliverymethod', '_regardingobjectid_value'];

beforeEach(async () => {
  world = await startDataverseWorld({ tracksChanges: ['mailbox'] });
  api = dataverseApi(world);
});
afterEach(() => world.stop());

const addMailboxes = (count: number): readonly string[] =>
  Array.from(
    { length: count },
    (_, at) => world.organization.add('mailbox', { name: `box ${at}` }).id,
  );

describe('a row', () => {
  it('comes with its ETag, what people read, and the table that a lookup leads to', async () => {
    const row = await api.get('mailboxes', world.mailbox.id, { select: SELECT }, asking);
    expect(row).toMatchObject({
      '@odata.etag': expect.stringMatching(/^W\/"\d+"$/) as string,
      name: "Berit's mailbox",
      'actdeliverymethod@OData.Community.Display.V1.FormattedValue': 'Server-Side Synchronization',
      _regardingobjectid_value: world.owner.id,
      '_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'systemuser',
    });
  });

  it('that is not there is undefined, and so is one whose id is no GUID', async () => {
    const query = { select: SELECT };
    const missing = '00000000-0000-4000-8000-000000000000';
    expect(await api.get('mailboxes', missing, query, asking)).toBeUndefined();
    const before = world.organization.seen.length;
    expect(await api.get('mailboxes', '1)/password', query, asking)).toBeUndefined();
    expect(world.organization.seen.length).toBe(before);
  });

  it('whose column does not exist is a mistake of ours, told without what was asked', async () => {
    const asked = api.get('mailboxes', world.mailbox.id, { select: ['shoesize'] }, asking);
    await expect(asked).rejects.toMatchObject({
      code: 'dynamics-unexpected',
      detail: 'GET mailboxes: 400 0x80060888',
    });
  });

  it('that may not be read says which privilege is missing', async () => {
    world.organization.addRole('Users only', ['prvReadUser']);
    const caller = world.organization.addCaller({ name: 'Nobody', roles: ['Users only'] });
    const asked = dataverseApi(world, { caller }).list('mailboxes', { select: SELECT }, asking);
    await expect(asked).rejects.toMatchObject({
      code: 'dynamics-not-permitted',
      detail: expect.stringMatching(
        /^GET mailboxes: 403 \S+, prvReadMailbox is missing$/,
      ) as string,
    });
  });
});

describe('rows', () => {
  it('are found by what somebody typed, quotes and halves of characters included', async () => {
    const { organization } = world;
    const { id } = organization.add('mailbox', { name: "O'Hara & Söner 100%" });
    const find = (name: string) =>
      api.list('mailboxes', { select: ['name'], filter: `name eq ${textLiteral(name)}` }, asking);
    expect(await find("O'Hara & Söner 100%")).toMatchObject([{ mailboxid: id }]);
    expect(await find('half \uD83D of a face')).toEqual([]);
    expect(await find("' or name ne '")).toEqual([]);
    expect(await find(id)).toEqual([]);
  });

  it('end after as many as were wanted', async () => {
    addMailboxes(4);
    const query = { select: ['name'], orderBy: 'name asc', top: 2 };
    const rows = await api.list('mailboxes', query, asking);
    expect(rows.map(({ name }) => name)).toEqual(["Berit's mailbox", 'box 0']);
  });

  it('are counted', async () => {
    addMailboxes(4);
    expect(await api.count('mailboxes', undefined, asking)).toBe(5);
    expect(await api.count('mailboxes', "startswith(name,'box')", asking)).toBe(4);
  });

  it('by id come in one request, in the order asked for, without those that are not there', async () => {
    const [first = '', second = ''] = addMailboxes(2);
    const before = world.organization.seen.length;
    const rows = await api.batch(
      [second, '00000000-0000-4000-8000-000000000000', 'no id', first].map((id) => ({
        set: 'mailboxes',
        id,
        query: { select: ['name', 'statecode'] },
      })),
      asking,
    );
    expect(rows.map((row) => row?.name)).toEqual(['box 1', undefined, undefined, 'box 0']);
    expect(rows[0]).toMatchObject({
      'statecode@OData.Community.Display.V1.FormattedValue': 'Active',
    });
    expect(world.organization.seen.length - before).toBe(1);
  });
});

describe('several lists', () => {
  it('come in one request, each as long as it may be', async () => {
    addMailboxes(3);
    const query = { select: ['name'], orderBy: 'name desc', top: 2 };
    const before = world.organization.seen.length;
    const [boxes, berits, users] = await api.lists(
      [
        { set: 'mailboxes', query },
        { set: 'mailboxes', query: { ...query, filter: "startswith(name,'Berit')" } },
        { set: 'systemusers', query: { select: ['fullname'], filter: 'fullname eq null', top: 5 } },
      ],
      asking,
    );
    expect(boxes?.map(({ name }) => name)).toEqual(['box 2', 'box 1']);
    expect(berits?.map(({ name }) => name)).toEqual(["Berit's mailbox"]);
    expect(users).toEqual([]);
    expect(world.organization.seen.length - before).toBe(1);
  });
});

describe('a change', () => {
  it('is made', async () => {
    const { id } = world.mailbox;
    const written = await api.update('mailboxes', id, { username: 'berit' }, asking);
    expect(written).toEqual({ kind: 'done', id });
    expect(world.now('username')).toBe('berit');
  });

  it('never makes a row that is not there', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const written = await api.update('mailboxes', id, { name: 'ghost' }, asking);
    expect(written).toEqual({ kind: 'not-found' });
    expect(world.organization.row('mailbox', id)).toBeUndefined();
  });

  it('of a row that somebody changed meanwhile is not made', async () => {
    const { id } = world.mailbox;
    const row = await api.get('mailboxes', id, { select: ['name'] }, asking);
    world.organization.change('mailbox', id, { name: 'renamed' });
    const etag = String(row?.['@odata.etag']);
    const written = await api.update('mailboxes', id, { name: 'mine' }, { ...asking, etag });
    expect(written).toEqual({ kind: 'changed-meanwhile' });
    expect(world.now('name')).toBe('renamed');
  });

  it('that Dynamics 365 refuses comes back in its own words', async () => {
    const caller = world.organization.addCaller({ name: 'Sven', roles: ['System Administrator'] });
    const values = { emailrouteraccessapproval: 1 };
    const written = await api.update('systemusers', world.owner.id, values, {
      ...asking,
      as: async () => world.organization.token(caller),
    });
    expect(written).toMatchObject({
      kind: 'refused',
      status: 403,
      message: expect.stringContaining('Exchange Administrator role') as string,
    });
  });

  it('of a person is made as that person', async () => {
    const { organization, administrator, owner } = world;
    const values = { emailrouteraccessapproval: 1 };
    await api.update('systemusers', owner.id, values, {
      ...asking,
      as: async () => organization.token(administrator),
    });
    expect(organization.seen.at(-1)?.userId).toBe(administrator.userId);
    expect(organization.row('systemuser', owner.id)?.values.emailrouteraccessapproval).toBe(1);
  });

  it('can be a new row, told by its id', async () => {
    const values = { name: 'New', servertype: 1 };
    const written = await api.create('emailserverprofiles', values, asking);
    expect(written.kind).toBe('done');
    const id = written.kind === 'done' ? written.id : '';
    expect(world.organization.row('emailserverprofile', id)?.values.name).toBe('New');
  });
});

describe('change tracking', () => {
  it('begins with all rows and goes on with what came since, deletions included', async () => {
    const [gone = ''] = addMailboxes(1);
    const first = await api.changes('mailboxes', ['name'], null, asking);
    if (first.kind !== 'changes') throw new Error(first.kind);
    expect(first.rows).toHaveLength(2);
    world.organization.remove('mailbox', gone);
    world.organization.change('mailbox', world.mailbox.id, { name: 'renamed' });
    const second = await api.changes('mailboxes', ['name'], first.deltaLink, asking);
    expect(second).toMatchObject({ kind: 'changes', removed: [gone] });
    expect(second.kind === 'changes' && second.rows).toMatchObject([{ name: 'renamed' }]);
  });

  it('that is off for a table is told, and a column that does not exist is not taken for it', async () => {
    expect(await api.changes('tracelogs', ['text'], null, asking)).toEqual({ kind: 'not-tracked' });
    await expect(api.changes('tracelogs', ['shoesize'], null, asking)).rejects.toMatchObject({
      code: 'dynamics-unexpected',
    });
  });

  it('begins again when the link has expired or leads to another organization', async () => {
    const first = await api.changes('mailboxes', ['name'], null, asking);
    if (first.kind !== 'changes') throw new Error(first.kind);
    const elsewhere = first.deltaLink.replace('127.0.0.1', 'evil.example');
    expect(await api.changes('mailboxes', ['name'], elsewhere, asking)).toEqual({
      kind: 'expired',
    });
    await world.clock.advance(8 * 86_400_000);
    api = dataverseApi(world);
    expect(await api.changes('mailboxes', ['name'], first.deltaLink, asking)).toEqual({
      kind: 'expired',
    });
  });
});

describe('a function', () => {
  it('is called, with its parameter behind it', async () => {
    expect(await api.call('WhoAmI', asking)).toMatchObject({
      UserId: world.application.userId,
      OrganizationId: world.organization.organizationId,
    });
    const path =
      "RetrieveCurrentOrganization(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'";
    expect(await api.call(path, asking)).toMatchObject({ Detail: { FriendlyName: 'Contoso' } });
  });

  it('leads nowhere else', async () => {
    for (const path of ['https://evil.example/WhoAmI', '//evil.example/x', '../../WhoAmI', '']) {
      await expect(api.call(path, asking)).rejects.toMatchObject({ code: 'dynamics-unexpected' });
    }
  });
});
