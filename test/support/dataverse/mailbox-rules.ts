import type { Inside } from './inside.ts';
import { Refusal } from './refusal.ts';
import { isReference, type Row, sameValue, type Values } from './row.ts';

const refused = (code: string, message: string): Refusal => new Refusal(400, code, message);

/** Exchange of any kind; the others are POP3, IMAP and SMTP. */
const POP3_SMTP = 1;
const IMAP_SMTP = 4;
const SERVER_SIDE_ACT = 1;

function profileOf({ rows }: Inside, values: Values): Row | undefined {
  const profile = values.emailserverprofile;
  return isReference(profile) ? rows.get('emailserverprofile', profile.id) : undefined;
}

function checkActMethod(inside: Inside, values: Values): void {
  const type = profileOf(inside, values)?.values.servertype;
  if (values.actdeliverymethod !== SERVER_SIDE_ACT) return;
  if (type !== POP3_SMTP && type !== IMAP_SMTP) return;
  throw refused(
    '0x8005e247',
    "Server-side synchronization for appointments, contacts, and tasks isn't supported for POP3 or SMTP server types. Select a supported email type or change the synchronization method for appointments, contacts, and tasks to None.",
  );
}

function checkActivation({ rows }: Inside, row: Row, values: Values): void {
  const whose = row.values.regardingobjectid;
  if (row.values.statecode !== 1 || values.statecode !== 0 || !isReference(whose)) return;
  const owner = rows.get(whose.table, whose.id)?.values;
  if (owner?.isdisabled !== true && owner?.statecode !== 1) return;
  throw refused(
    '0x8005e230',
    'Mailbox cannot be activated because the user or queue associated with the mailbox is in disabled state. Mailbox can only be activated for Active User/Queue.',
  );
}

/** What the reference says of saving a mailbox (8005E2xx). */
export function checkMailbox(inside: Inside, row: Row, values: Values): void {
  if (row.values.testemailconfigurationscheduled === true) {
    throw refused(
      '0x8005e248',
      'Test email configuration scheduled is in progress. Please save after completion of test.',
    );
  }
  const address = values.emailaddress;
  const isNew = address !== undefined && !sameValue(address, row.values.emailaddress);
  if (isNew && isReference(row.values.regardingobjectid)) {
    throw refused(
      '0x8005e208',
      'E-mail Address of a mailbox cannot be updated when associated with an user/queue.',
    );
  }
  checkActivation(inside, row, values);
  if ('actdeliverymethod' in values || 'emailserverprofile' in values) {
    checkActMethod(inside, { ...row.values, ...values });
  }
}

export function checkDeletion(row: Row): void {
  if (!isReference(row.values.regardingobjectid)) return;
  throw refused('0x8005e200', 'The mailbox associated to a user or a queue cannot be deleted.');
}
