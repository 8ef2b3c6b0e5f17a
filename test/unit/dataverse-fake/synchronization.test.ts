import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

let world: DataverseWorld;
beforeEach(async () => {
  world = await startDataverseWorld();
  world.organization.change('mailbox', world.mailbox.id, {
    enabledforincomingemail: true,
    enabledforoutgoingemail: true,
    enabledforact: true,
    incomingemailstatus: 1,
    outgoingemailstatus: 1,
    actstatus: 1,
  });
});
afterEach(() => world.stop());

describe('server-side synchronization', () => {
  it('disables directions for a permanent error, with a trace log for each', async () => {
    await world.clock.advance(60_000);
    world.organization.synchronization.disable(world.mailbox.id, 'mailbox-credentials', [
      'incoming',
    ]);
    const { json } = await world.get(
      `mailboxes(${world.mailbox.id})?$select=enabledforincomingemail,enabledforact,incomingemailstatus,mailboxstatus,modifiedon`,
    );
    expect(json).toMatchObject({
      enabledforincomingemail: false,
      enabledforact: true,
      incomingemailstatus: 2,
      mailboxstatus: 2,
      modifiedon: '2026-11-23T08:01:00Z',
    });
    const { rows } = await world.get(
      'tracelogs?$select=text,level,tracestatus,createdon,errordetails,_regardingobjectid_value,_regardingobjectownerid_value',
    );
    expect(rows).toEqual([
      expect.objectContaining({
        text: expect.stringMatching(
          /^Email cannot be received for the mailbox Berit's mailbox\./,
        ) as string,
        level: 3,
        tracestatus: false,
        createdon: '2026-11-23T08:01:00Z',
        errordetails: 'Http server returned 401 Unauthorized exception.',
        _regardingobjectid_value: world.mailbox.id,
        _regardingobjectownerid_value: world.owner.id,
      }),
    ]);
  });

  it('leaves alone directions that are not its own', () => {
    world.organization.change('mailbox', world.mailbox.id, { actdeliverymethod: 2 });
    world.organization.synchronization.disable(world.mailbox.id, 'connection');
    expect([world.now('enabledforincomingemail'), world.now('enabledforact')]).toEqual([
      false,
      true,
    ]);
    expect(world.organization.rows('tracelog')).toHaveLength(2);
  });

  it('warns of a passing error and disables nothing', () => {
    const text = 'The system will try again later.';
    const { values } = world.organization.synchronization.warn(world.mailbox.id, {
      level: 'warning',
      text,
    });
    expect(values).toMatchObject({ level: 2, text });
    expect(world.now('enabledforact')).toBe(true);
  });

  it('touches the row without changing what matters', async () => {
    const tag = async (): Promise<unknown> =>
      (await world.get(`mailboxes(${world.mailbox.id})?$select=name`)).json['@odata.etag'];
    const [before, version] = [await tag(), world.now('versionnumber')];
    await world.clock.advance(900_000);
    world.organization.synchronization.touch(world.mailbox.id);
    expect(await tag()).not.toBe(before);
    expect(world.now('versionnumber')).not.toBe(version);
    expect(world.now('modifiedon')).toBe('2026-11-23T08:15:00Z');
  });

  it('keeps a turn in the statistics', async () => {
    world.organization.synchronization.turn(world.mailbox.id, {
      operationtypeid: 2,
      processresult: true,
      itemsprocessed: 3,
    });
    const { rows } = await world.get('mailboxstatistics?$select=operationtypeid,_mailboxid_value');
    expect(rows).toEqual([
      expect.objectContaining({ operationtypeid: 2, _mailboxid_value: world.mailbox.id }),
    ]);
  });
});

describe('the clock of the organization', () => {
  it('may be ahead of the test or behind', () => {
    world.organization.setSkew(300_000);
    world.organization.synchronization.touch(world.mailbox.id);
    expect(world.now('modifiedon')).toBe('2026-11-23T08:05:00Z');
    world.organization.setSkew(-60_000);
    world.organization.synchronization.touch(world.mailbox.id);
    expect(world.now('modifiedon')).toBe('2026-11-23T07:59:00Z');
  });
});
