import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

const TRACK = { prefer: 'odata.track-changes' };
const DAY_MS = 86_400_000;

let world: DataverseWorld;
beforeEach(async () => {
  world = await startDataverseWorld({ tracksChanges: ['mailbox'] });
});
afterEach(() => world.stop());

const start = async (): Promise<string> => {
  const { json } = await world.get('mailboxes?$select=name', TRACK);
  return String(json['@odata.deltaLink']);
};

describe('change tracking', () => {
  it('begins with all rows and a delta link', async () => {
    const { rows, json, headers } = await world.get('mailboxes?$select=name', TRACK);
    expect(rows.map(({ name }) => name)).toEqual(["Berit's mailbox"]);
    expect(json['@odata.deltaLink']).toContain('$select=name&$deltatoken=');
    expect(headers.get('preference-applied')).toBe('odata.track-changes');
  });

  it('goes on with what was touched since, then with what was deleted', async () => {
    const gone = world.organization.add('mailbox', { name: 'gone' });
    const link = await start();
    world.organization.synchronization.touch(world.mailbox.id);
    world.organization.remove('mailbox', gone.id);
    const { rows, json } = await world.get(link);
    expect(json['@odata.context']).toMatch(/\/\$delta$/);
    expect(rows).toEqual([
      expect.objectContaining({ mailboxid: world.mailbox.id }),
      {
        '@odata.context': expect.stringMatching(/#mailboxes\/\$deletedEntity$/) as string,
        id: gone.id,
        reason: 'deleted',
      },
    ]);
    expect((await world.get(String(json['@odata.deltaLink']))).rows).toEqual([]);
  });

  it('tells of a row that came and went in between as deleted', async () => {
    const link = await start();
    const brief = world.organization.add('mailbox', { name: 'brief' });
    world.organization.remove('mailbox', brief.id);
    const { rows } = await world.get(link);
    expect(rows).toEqual([expect.objectContaining({ id: brief.id, reason: 'deleted' })]);
  });

  it('comes in pages, with the delta link on the last', async () => {
    const prefer = { prefer: 'odata.track-changes,odata.maxpagesize=2' };
    for (const name of ['a', 'b', 'c']) world.organization.add('mailbox', { name });
    const first = await world.get('mailboxes?$select=name', prefer);
    expect(first.json).not.toHaveProperty('@odata.deltaLink');
    const last = await world.get(String(first.json['@odata.nextLink']), prefer);
    expect([first.rows.length, last.rows.length]).toEqual([2, 2]);
    expect(last.json).toHaveProperty('@odata.deltaLink');
  });

  it('comes in pages behind a delta link too', async () => {
    const link = await start();
    for (const name of ['a', 'b', 'c']) world.organization.add('mailbox', { name });
    const prefer = { prefer: 'odata.maxpagesize=2' };
    const first = await world.get(link, prefer);
    const last = await world.get(String(first.json['@odata.nextLink']), prefer);
    expect([...first.rows, ...last.rows].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('misses nothing that is touched while pages are read', async () => {
    const prefer = { prefer: 'odata.track-changes,odata.maxpagesize=2' };
    for (const name of ['a', 'b', 'c']) world.organization.add('mailbox', { name });
    const first = await world.get('mailboxes?$select=name', prefer);
    world.organization.synchronization.touch(world.mailbox.id);
    const last = await world.get(String(first.json['@odata.nextLink']), prefer);
    expect(last.rows.map(({ name }) => name)).toEqual(['b', 'c']);
    const rest = await world.get(String(last.json['@odata.nextLink']), prefer);
    expect(rest.rows.map(({ name }) => name)).toEqual(["Berit's mailbox"]);
    const later = await world.get(String(rest.json['@odata.deltaLink']));
    expect(later.rows.map(({ name }) => name)).toEqual(["Berit's mailbox"]);
  });

  it.each(['$filter=statecode eq 0', '$orderby=name', '$top=1', '$expand=emailserverprofile'])(
    'takes no %s',
    async (option) => {
      const { status, error } = await world.get(`mailboxes?${option}`, TRACK);
      expect(status).toBe(400);
      expect(error.message).toMatch(/query parameter isn't supported when Change Tracking is enab/);
    },
  );

  it('is a bad request where the table does not track, and works once it does', async () => {
    expect((await world.get('tracelogs', TRACK)).status).toBe(400);
    world.organization.setChangeTracking('tracelog', true);
    expect((await world.get('tracelogs', TRACK)).status).toBe(200);
  });

  it('ends after seven days with words of its own', async () => {
    const link = await start();
    await world.clock.advance(7 * DAY_MS);
    expect((await world.get(link)).status).toBe(200);
    await world.clock.advance(1000);
    const { status, error } = await world.get(link);
    expect([status, error]).toEqual([
      400,
      {
        code: '0x80044352',
        message:
          'Version stamp associated with the client has expired. Please perform a full sync.',
      },
    ]);
  });

  it('ends after as many days as the organization says', async () => {
    const { organizationId } = world.organization;
    world.organization.change('organization', organizationId, { expirechangetrackingindays: 1 });
    const link = await start();
    await world.clock.advance(2 * DAY_MS);
    expect((await world.get(link)).error.code).toBe('0x80044352');
  });

  it('refuses a token that it has not given', async () => {
    expect((await world.get('mailboxes?$deltatoken=mine')).status).toBe(400);
  });

  it('counts what came since', async () => {
    const token = (await start()).split('$deltatoken=')[1];
    world.organization.add('mailbox', { name: 'new' });
    world.organization.remove('mailbox', world.mailbox.id);
    expect((await world.get(`mailboxes/$count?$deltatoken=${token}`)).text).toBe('2');
    expect((await world.get('mailboxes/$count?$top=1')).status).toBe(400);
  });

  it('is told of by the definition of a table', async () => {
    const select = '?$select=LogicalName,ChangeTrackingEnabled';
    const { json } = await world.get(`EntityDefinitions(LogicalName='mailbox')${select}`);
    expect(json).toMatchObject({ LogicalName: 'mailbox', ChangeTrackingEnabled: true });
    const other = await world.get(`EntityDefinitions(LogicalName='tracelog')${select}`);
    expect(other.json.ChangeTrackingEnabled).toBe(false);
    expect((await world.get(`EntityDefinitions(LogicalName='nosuch')${select}`)).status).toBe(404);
    expect((await world.get("EntityDefinitions(LogicalName='mailbox')")).status).toBe(501);
  });
});
