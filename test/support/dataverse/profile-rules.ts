import { Refusal } from './refusal.ts';
import type { Values } from './row.ts';

const refused = (code: string, message: string): Refusal => new Refusal(400, code, message);

const ONLINE = 'Dynamics 365 for Customer Engagement Online';
const WINDOWS_INTEGRATED = 3;
const ANONYMOUS = 4;

function checkScheme(values: Values, side: 'incoming' | 'outgoing'): void {
  const location = values[`${side}serverlocation`];
  if (typeof location !== 'string' || !location.toLowerCase().startsWith('http:')) return;
  const name = side === 'incoming' ? 'Incoming' : 'Outgoing';
  throw refused(
    side === 'incoming' ? '0x8005e240' : '0x8005e241',
    `The URL specified for ${name} Server Location uses HTTP but the Use SSL for ${name} Connection option is set to Yes. Specify a server location that uses HTTPS, and then try again.`,
  );
}

/** What an online organization does not accept in a profile (8005E2xx). */
export function checkProfile(values: Values): void {
  if (values.incomingusessl === false || values.outgoingusessl === false) {
    throw refused('0x8005e201', `You cannot set SSL as false for ${ONLINE}.`);
  }
  for (const side of ['incoming', 'outgoing'] as const) {
    const retrieval = values[`${side}credentialretrieval`];
    if (retrieval === WINDOWS_INTEGRATED || retrieval === ANONYMOUS) {
      throw refused(
        '0x8005e202',
        `Windows integrated or Anonymous authentication cannot be used as a connection type for ${ONLINE}.`,
      );
    }
    checkScheme(values, side);
  }
  const located = values.incomingserverlocation ?? values.outgoingserverlocation ?? null;
  if (values.useautodiscover === true && located !== null) {
    throw refused(
      '0x8005e205',
      'You cannot specify the incoming/outgoing e-mail server location when Autodiscover server location has been set to true.',
    );
  }
}
