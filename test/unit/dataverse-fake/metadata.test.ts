import { describe, expect, it } from 'vitest';
import { guidOf } from '../../support/dataverse/ids.ts';
import { columnByProperty, loadMetadata, navigationOf } from '../../support/dataverse/metadata.ts';

const metadata = loadMetadata();

describe('the tables of the fake', () => {
  it('are those that a client of server-side synchronization reads', () => {
    expect(metadata.tables.map(({ set }) => set).sort()).toEqual([
      'emails',
      'emailserverprofiles',
      'exchangesyncidmappings',
      'mailboxes',
      'mailboxstatistics',
      'organizations',
      'queues',
      'roles',
      'sdkmessagefilters',
      'sdkmessageprocessingsteps',
      'sdkmessages',
      'serviceendpoints',
      'systemforms',
      'systemusers',
      'teams',
      'tracelogs',
    ]);
  });

  it('name where their columns are documented', () => {
    for (const { source, name } of metadata.tables) {
      expect(source).toBe(
        `https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/${name}`,
      );
    }
  });

  it('have a name column that exists, of text', () => {
    for (const { primaryName, columns } of metadata.tables) {
      if (primaryName !== undefined) expect(columns.get(primaryName)?.type).toBe('String');
    }
  });

  it('give every state a status that belongs to it', () => {
    for (const { name, columns } of metadata.tables) {
      const status = columns.get('statuscode');
      for (const [state, first] of Object.entries(columns.get('statecode')?.statusOf ?? {})) {
        expect([name, status?.states?.[first]]).toEqual([name, Number(state)]);
      }
      for (const value of status?.options?.keys() ?? []) {
        expect(status?.states).toHaveProperty(String(value));
      }
    }
  });

  it('keep trace logs from being changed, and statistics from being written at all', () => {
    expect(metadata.table('tracelog').messages).toEqual(['create', 'delete']);
    expect(metadata.table('mailboxstatistics').messages).toEqual([]);
    const { columns } = metadata.table('mailboxstatistics');
    expect([...columns.values()].every(({ access }) => access === 'read-only')).toBe(true);
  });
});

describe('a lookup', () => {
  const mailbox = metadata.table('mailbox');

  it('is read by its value and not by its name', () => {
    expect(columnByProperty(mailbox, '_emailserverprofile_value')?.type).toBe('Lookup');
    expect(columnByProperty(mailbox, 'emailserverprofile')).toBeUndefined();
    expect(columnByProperty(mailbox, '_name_value')).toBeUndefined();
  });

  it('with several targets has a navigation property for each', () => {
    const trace = metadata.table('tracelog');
    expect(navigationOf(trace, 'regardingobjectid_mailbox')?.targets).toEqual(['mailbox']);
    expect(navigationOf(trace, 'regardingobjectid')).toBeUndefined();
    expect(navigationOf(mailbox, 'regardingobjectid')?.targets).toEqual(['systemuser']);
    expect(navigationOf(mailbox, 'ownerid')?.targets).toEqual(['systemuser', 'team']);
  });
});

describe('an identifier of the fake', () => {
  it('is the same in every run', () => {
    expect(guidOf('mailbox 1')).toBe(guidOf('mailbox 1'));
    expect(guidOf('mailbox 1')).not.toBe(guidOf('mailbox 2'));
  });
});
