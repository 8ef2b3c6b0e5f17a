import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

let world: DataverseWorld;
beforeAll(async () => {
  world = await startDataverseWorld();
});
afterAll(() => world.stop());

describe('a query that names what is not there', () => {
  it.each([
    '$select=Name',
    '$select=ownerid',
    '$filter=nosuch eq 1',
    '$filter=ownerid eq null',
    '$filter=contains(nosuch,%27a%27)',
    '$orderby=nosuch',
    '$expand=nosuch',
    '$select=password',
  ])('is a bad request: %s', async (options) => {
    const { status, error } = await world.get(`mailboxes?${options}`);
    expect([status, error.code]).toEqual([400, '0x80060888']);
    expect(error.message).toMatch(
      /^Could not find a property named '\w+' on type 'Microsoft.Dynamics.CRM.mailbox'\.$/,
    );
  });

  it('is a bad request for a column of an expanded table', async () => {
    const { error } = await world.get('mailboxes?$expand=emailserverprofile($select=nosuch)');
    expect(error.message).toContain("'nosuch' on type 'Microsoft.Dynamics.CRM.emailserverprofile'");
  });

  it('is not found for a set: sets are plural and their case counts', async () => {
    const { status, error } = await world.get('mailbox?$select=name');
    expect([status, error.code]).toEqual([404, '0x8006088a']);
    expect(error.message).toBe("Resource not found for the segment 'mailbox'.");
  });

  it('is not found for a row', async () => {
    const id = '00000000-0000-0000-0000-000000000001';
    const { status, error } = await world.get(`mailboxes(${id})`);
    expect([status, error.code]).toEqual([404, '0x80040217']);
    expect(error.message).toBe(`mailbox With Id = ${id} Does Not Exist`);
  });
});

describe('a filter of the wrong type', () => {
  it.each([
    "statecode eq 'Active'",
    'name eq 1',
    'enabledforact eq 1',
    "mailboxid eq 'abc'",
    "createdon gt '2026-11-23'",
    'statecode gt null',
    'enabledforact gt true',
    "_ownerid_value eq 'me'",
  ])('is a bad request: %s', async (filter) => {
    const { status, error } = await world.get(`mailboxes?$filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(400);
    expect(error.message).toMatch(/^A binary operator with incompatible types was detected\./);
  });

  it.each(['contains(statecode,%27a%27)', 'contains(name,1)'])(
    'is a bad request in a function: %s',
    async (filter) => {
      const { status, error } = await world.get(`mailboxes?$filter=${filter}`);
      expect([status, error.message]).toEqual([400, expect.stringContaining('signature')]);
    },
  );
});

describe('a query that is not OData', () => {
  it.each([
    '$filter=name eq %27open',
    '$filter=name eq',
    '$filter=(name eq %27a%27',
    '$top=-1',
    '$top=many',
    '$count=maybe',
    '$skiptoken=3',
    '$top=1&$top=2',
  ])('is a bad request: %s', async (options) => {
    expect((await world.get(`mailboxes?${options}`)).status).toBe(400);
  });
});

describe('a request', () => {
  it('of another version than OData 4.0 is refused', async () => {
    expect((await world.get('mailboxes', { 'odata-version': '4.01' })).status).toBe(400);
    const well = { 'odata-version': '4.0', 'odata-maxversion': '4.0' };
    expect((await world.get('mailboxes', well)).status).toBe(200);
  });

  it('with a body that is not said to be JSON is refused', async () => {
    const headers = { 'content-type': 'text/plain' };
    const path = `mailboxes(${world.mailbox.id})`;
    expect((await world.patch(path, { username: 'x' }, { headers })).status).toBe(400);
  });

  it('with a long URL is served up to 32 KB', async () => {
    const long = (length: number): string =>
      `mailboxes?$filter=${encodeURIComponent(`name eq '${'x'.repeat(length)}'`)}`;
    expect((await world.get(long(30_000))).status).toBe(200);
    expect((await world.get(long(33_000))).status).toBe(414);
  });

  it('with a URL that cannot be decoded is a bad request', async () => {
    expect((await world.get('mailboxes?$filter=name eq %27%ZZ%27')).status).toBe(400);
  });
});

describe('what the fake does not know', () => {
  it.each([
    'mailboxes?$skip=10',
    'mailboxes?$apply=aggregate($count as n)',
    'mailboxes?fetchXml=x',
    'mailboxes?$select=*',
    'mailboxes?$filter=length(name) eq 3',
    'mailboxes?$filter=statecode add 1 eq 2',
    'mailboxes?$filter=statecode in (0,1)',
    'mailboxes?$filter=emailserverprofile/name eq %27a%27',
    'mailboxes?$filter=name eq emailaddress',
    'mailboxes?$orderby=_ownerid_value',
    'mailboxes?$expand=ownerid',
    'mailboxes?$expand=owningbusinessunit',
    'mailboxes?$expand=emailserverprofile($filter=name eq %27a%27)',
    'RetrieveTotalRecordCount(EntityNames=[])',
    '$metadata',
  ])('is not implemented, in plain words: %s', async (path) => {
    const { status, error } = await world.get(path);
    expect(error.message).toMatch(/^The fake organization does not know /);
    expect(status).toBe(501);
  });

  it('takes in preferences, so that a typing mistake is found', async () => {
    const { status, error } = await world.get('mailboxes', { prefer: 'odata.maxpagesizes=3' });
    expect([status, error.message]).toEqual([501, expect.stringContaining('odata.maxpagesizes=3')]);
    expect((await world.get('mailboxes', { prefer: 'odata.maxpagesize=0' })).status).toBe(400);
  });

  it('takes in headers that would steer Dataverse', async () => {
    const caller = await world.get('mailboxes', { mscrmcallerid: world.owner.id });
    expect([caller.status, caller.error.message]).toEqual([
      501,
      'The fake organization does not know the header mscrmcallerid.',
    ]);
  });

  it('takes in options for one row and methods', async () => {
    const path = `mailboxes(${world.mailbox.id})`;
    expect((await world.get(`${path}?$filter=statecode eq 0`)).status).toBe(501);
    expect((await world.ask('PUT', path, { body: {} })).status).toBe(501);
    expect((await world.get(`${path}/emailserverprofile`)).status).toBe(501);
    expect((await world.get('mailboxes(7)')).status).toBe(400);
  });
});
