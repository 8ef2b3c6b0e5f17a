import {
  EMAIL_COLUMNS,
  MAILBOX_COLUMNS,
  ORGANIZATION_COLUMNS,
  PROFILE_COLUMNS,
  STATISTICS_COLUMNS,
  SYNC_FAILURE_COLUMNS,
  TRACE_LOG_COLUMNS,
} from './columns.ts';

/** A table that this engine reads, for whoever wants to know whether it may. */
export interface ReadTable {
  readonly table: string;
  /** Null: no page names it, the organization is asked. */
  readonly set: string | null;
  readonly columns: readonly string[];
  /** Without the others something is left out of the cards; without these nothing works. */
  readonly isNeeded: boolean;
}

export const READ_TABLES = [
  { table: 'mailbox', set: 'mailboxes', columns: MAILBOX_COLUMNS, isNeeded: true },
  {
    table: 'emailserverprofile',
    set: 'emailserverprofiles',
    columns: [...PROFILE_COLUMNS, 'modifiedon'],
    isNeeded: true,
  },
  { table: 'organization', set: 'organizations', columns: ORGANIZATION_COLUMNS, isNeeded: true },
  {
    table: 'systemuser',
    set: 'systemusers',
    columns: ['systemuserid', 'azureactivedirectoryobjectid'],
    isNeeded: true,
  },
  { table: 'queue', set: 'queues', columns: ['queueid', '_ownerid_value'], isNeeded: true },
  { table: 'tracelog', set: 'tracelogs', columns: TRACE_LOG_COLUMNS, isNeeded: true },
  {
    table: 'email',
    set: 'emails',
    columns: [...EMAIL_COLUMNS, '_emailsender_value', 'senton'],
    isNeeded: true,
  },
  { table: 'mailboxstatistics', set: null, columns: STATISTICS_COLUMNS, isNeeded: false },
  {
    table: 'exchangesyncidmapping',
    set: 'exchangesyncidmappings',
    columns: SYNC_FAILURE_COLUMNS,
    isNeeded: false,
  },
  { table: 'systemform', set: 'systemforms', columns: ['name', 'formxml'], isNeeded: false },
] as const satisfies readonly ReadTable[];
