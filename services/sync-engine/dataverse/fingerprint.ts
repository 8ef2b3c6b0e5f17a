import { createHash } from 'node:crypto';
import type { Row } from './web-api.ts';

/**
 * Columns whose values are news to somebody. Dynamics 365 touches a healthy row every quarter of an
 * hour with moments and counts that are not among them.
 */
const COLUMNS_OF_NEWS = [
  'name',
  'emailaddress',
  '_emailserverprofile_value',
  '_regardingobjectid_value',
  '_ownerid_value',
  'statecode',
  'emailrouteraccessapproval',
  'isemailaddressapprovedbyo365admin',
  'incomingemaildeliverymethod',
  'outgoingemaildeliverymethod',
  'actdeliverymethod',
  'enabledforincomingemail',
  'enabledforoutgoingemail',
  'enabledforact',
  'incomingemailstatus',
  'outgoingemailstatus',
  'actstatus',
] as const;

/** What is read of every row to see whether it has to be looked at. */
export const WATCHED_COLUMNS = [
  'mailboxid',
  ...COLUMNS_OF_NEWS,
  'modifiedon',
  'versionnumber',
] as const;

/** Equal for rows that say the same. */
export function fingerprintOf(row: Row): string {
  const values = JSON.stringify(COLUMNS_OF_NEWS.map((column) => row[column] ?? null));
  return createHash('sha256').update(values).digest('base64url').slice(0, 22);
}
