import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

let world: DataverseWorld;
beforeEach(async () => {
  world = await startDataverseWorld();
  for (const [name, statecode, statuscode] of [
    ["O'Neil", 0, 1],
    ['Åsa', 1, 2],
    ['Zoe', 0, 1],
  ] as const) {
    world.organization.add('mailbox', { name, statecode, statuscode, actdeliverymethod: 2 });
    await world.clock.advance(60_000);
  }
});
afterEach(() => world.stop());

const names = async (options: string): Promise<unknown[]> => {
  const reply = await world.get(`mailboxes?$select=name&${options}`);
  expect(reply.error).toEqual({ code: '', message: '' });
  return reply.rows.map(({ name }) => name);
};

describe('a query', () => {
  it('selects columns, with the identifier and the ETag beside them', async () => {
    const { json, rows } = await world.get('mailboxes?$select=emailaddress&$top=1');
    expect(json['@odata.context']).toMatch(/\$metadata#mailboxes\(emailaddress\)$/);
    expect(rows).toEqual([
      {
        '@odata.etag': expect.stringMatching(/^W\/"\d+"$/) as string,
        emailaddress: 'berit@contoso.com',
        mailboxid: world.mailbox.id,
      },
    ]);
  });

  it('answers all columns but passwords when none is selected', async () => {
    world.organization.change('mailbox', world.mailbox.id, { password: 'secret' });
    const { json, text } = await world.get(`mailboxes(${world.mailbox.id})`);
    expect(json).toMatchObject({ statecode: 0, _ownerid_value: world.owner.id, ewsurl: null });
    expect(text).not.toContain('secret');
    expect(json).toMatchObject({
      postponesendinguntil: '1900-01-01T00:00:00Z',
      testemailconfigurationretrycount: 0,
    });
  });

  it.each([
    ["name eq 'zoe'", ['Zoe']],
    ["name eq 'O''Neil'", ["O'Neil"]],
    ["contains(name,'ei')", ["O'Neil"]],
    ["startswith(name,'zo') or endswith(name,'sa')", ['Åsa', 'Zoe']],
    ['statecode ne 0', ['Åsa']],
    ['emailaddress ne null', ["Berit's mailbox"]],
    ['not (emailaddress eq null)', ["Berit's mailbox"]],
    ["statecode eq 1 or statecode eq 0 and name eq 'Zoe'", ['Åsa', 'Zoe']],
    ["((((((statecode eq 1 or statecode eq 0 and name eq 'Zoe'))))))", ['Åsa', 'Zoe']],
    ["(statecode eq 1 or statecode eq 0) and name eq 'Zoe'", ['Zoe']],
    ['testemailconfigurationscheduled eq true', []],
    ['createdon gt 2026-11-23T08:00:30Z and createdon le 2026-11-23T08:01:00Z', ['Åsa']],
  ])('filters by %s', async (filter, expected) => {
    expect(await names(`$filter=${encodeURIComponent(filter)}`)).toEqual(expected);
  });

  it('takes rows without a value for unequal to every value', async () => {
    expect(await names("$filter=emailaddress ne 'somebody@contoso.com'")).toHaveLength(4);
  });

  it('filters by a lookup and by an identifier without quotation marks', async () => {
    expect(await names(`$filter=_ownerid_value eq ${world.owner.id}`)).toEqual(["Berit's mailbox"]);
    expect(await names(`$filter=mailboxid eq ${world.mailbox.id.toUpperCase()}`)).toHaveLength(1);
  });

  it('orders, rising unless told, and takes the first', async () => {
    expect(await names('$orderby=statecode desc,name&$top=2')).toEqual(['Åsa', "Berit's mailbox"]);
    expect(await names('$orderby=createdon desc&$top=1')).toEqual(['Zoe']);
  });

  it('counts beside the rows and alone', async () => {
    const beside = await world.get('mailboxes?$count=true&$top=1&$filter=statecode eq 0');
    expect([beside.json['@odata.count'], beside.rows.length]).toEqual([3, 1]);
    expect((await world.get('mailboxes/$count?$filter=statecode eq 1')).text).toBe('1');
  });

  it('goes on page by page by the next link', async () => {
    const prefer = { prefer: 'odata.maxpagesize=3' };
    const first = await world.get('mailboxes?$select=name&$orderby=name', prefer);
    expect(first.rows).toHaveLength(3);
    expect(first.headers.get('preference-applied')).toBe('odata.maxpagesize=3');
    const second = await world.get(String(first.json['@odata.nextLink']), prefer);
    expect(second.rows.map(({ name }) => name)).toEqual(['Åsa']);
    expect(second.json).not.toHaveProperty('@odata.nextLink');
  });

  it('expands a lookup with its columns, and one that is empty with null', async () => {
    const { rows } = await world.get(
      'mailboxes?$select=name&$expand=emailserverprofile($select=name,servertype)&$top=2',
    );
    expect(rows.map(({ emailserverprofile }) => emailserverprofile)).toEqual([
      expect.objectContaining({ name: 'Microsoft Exchange Online', servertype: 3 }),
      null,
    ]);
  });

  it('expands of a lookup with several targets the one that its property names', async () => {
    const path = `mailboxes(${world.mailbox.id})?$select=name&$expand=`;
    const user = await world.get(`${path}regardingobjectid($select=fullname)`);
    expect(user.json).toMatchObject({ regardingobjectid: { fullname: 'Berit Berg' } });
    const queue = await world.get(`${path}regardingobjectid_queue($select=name)`);
    expect(queue.json).toMatchObject({ regardingobjectid_queue: null });
  });
});

describe('annotations', () => {
  const read = async (prefer: string): Promise<Record<string, unknown>> =>
    (
      await world.get(`mailboxes(${world.mailbox.id})?$select=_ownerid_value,actdeliverymethod`, {
        prefer,
      })
    ).json;

  it('stand beside values when the preference asks for them', async () => {
    expect(await read('odata.include-annotations="*"')).toMatchObject({
      'actdeliverymethod@OData.Community.Display.V1.FormattedValue': 'Server-Side Synchronization',
      '_ownerid_value@OData.Community.Display.V1.FormattedValue': 'Berit Berg',
      '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'systemuser',
      '_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'ownerid',
    });
  });

  it('are only those that were asked for', async () => {
    const json = await read('odata.include-annotations="Microsoft.Dynamics.CRM.lookuplogicalname"');
    expect(Object.keys(json).filter((name) => /.@/.test(name))).toEqual([
      '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname',
    ]);
  });

  it('are none unless asked for', async () => {
    expect(Object.keys(await read('')).filter((name) => /.@/.test(name))).toEqual([]);
  });
});
