import { describe, expect, it } from 'vitest';
import * as columns from '../../../../services/sync-engine/dataverse/columns.ts';
import * as sets from '../../../../services/sync-engine/dataverse/option-sets.ts';
import { loadMetadata } from '../../../support/dataverse/metadata.ts';

const metadata = loadMetadata();

/** Numbers that Microsoft's reference documents for a column. */
function documented(table: string, column: string): readonly number[] {
  return [...(metadata.table(table).columns.get(column)?.options?.keys() ?? [])];
}

describe('the option sets', () => {
  it.each([
    ['mailbox', 'incomingemaildeliverymethod', sets.EMAIL_METHODS],
    ['mailbox', 'actdeliverymethod', sets.ACT_METHODS],
    ['mailbox', 'actstatus', sets.STATUSES],
    ['mailbox', 'incomingemailstatus', sets.STATUSES],
    ['mailbox', 'emailrouteraccessapproval', sets.APPROVALS],
    ['systemuser', 'emailrouteraccessapproval', sets.APPROVALS],
    ['queue', 'emailrouteraccessapproval', sets.APPROVALS],
    ['emailserverprofile', 'servertype', sets.SERVER_TYPES],
    ['emailserverprofile', 'incomingcredentialretrieval', sets.CREDENTIAL_SOURCES],
    ['tracelog', 'level', sets.LEVELS],
    ['mailboxstatistics', 'operationtypeid', sets.OPERATIONS],
  ] as const)('have a word for every documented value of %s.%s', (table, column, options) => {
    expect(Object.keys(options).map(Number)).toEqual(documented(table, column));
  });

  it('have a word for the methods of outgoing email and for all versions but the newest', () => {
    for (const value of documented('mailbox', 'outgoingemaildeliverymethod')) {
      expect(sets.wordFor(sets.EMAIL_METHODS, value)).toBeDefined();
    }
    const versions = documented('emailserverprofile', 'exchangeversion');
    expect(versions.map((value) => sets.wordFor(sets.EXCHANGE_VERSIONS, value))).toEqual([
      '2007',
      '2007',
      '2010',
      '2010',
      '2010',
      undefined,
    ]);
  });

  it('have no word for what is not documented', () => {
    for (const value of [99, -1, null, undefined, '1', 'toString', 1.5]) {
      expect(sets.wordFor(sets.STATUSES, value)).toBeUndefined();
    }
  });

  it('know the number that a word is written as', () => {
    expect(sets.numberFor(sets.ACT_METHODS, 'none')).toBe(2);
    expect(sets.numberFor(sets.SERVER_TYPES, 'exchange-server')).toBe(0);
  });
});

describe('the columns that are read', () => {
  it.each([
    ['mailbox', columns.MAILBOX_COLUMNS],
    ['emailserverprofile', columns.PROFILE_COLUMNS],
    ['organization', columns.ORGANIZATION_COLUMNS],
    ['tracelog', columns.TRACE_LOG_COLUMNS],
    ['mailboxstatistics', columns.STATISTICS_COLUMNS],
    ['email', columns.EMAIL_COLUMNS],
    ['exchangesyncidmapping', columns.SYNC_FAILURE_COLUMNS],
  ] as const)('are documented for %s, and hold no secret', (table, names) => {
    for (const property of names) {
      const lookup = /^_(.+)_value$/.exec(property)?.[1];
      const column = metadata.table(table).columns.get(lookup ?? property);
      expect(column, property).toBeDefined();
      expect(column?.secret, property).toBe(false);
      expect(column?.targets !== undefined, property).toBe(lookup !== undefined);
    }
  });
});
