import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';

const noMailbox = permanent('mailbox-not-found', 'mailbox');
const noLocation = permanent('location-undetermined', 'profile');

/** Error codes of POX (numbers) and of version 2 (words), as autodiscover-reply.ts names them. */
const CODES: Readonly<Record<string, Verdict>> = {
  'autodiscover-500': noMailbox,
  'autodiscover-501': noMailbox,
  'autodiscover-602': noMailbox,
  'autodiscover-600': permanent('unsupported-configuration', 'profile'),
  'autodiscover-601': noLocation,
  'autodiscover-603': transient('server-unavailable', 'profile'),
  'autodiscover-UserNotFound': noMailbox,
  'autodiscover-InvalidProtocol': noLocation,
  'autodiscover-ProtocolNotSupported': noLocation,
  'autodiscover-no-ews': noLocation,
  // One refused sign-in is not yet a wrong password: other services of the domain may know it.
  'autodiscover-one-401': permanent('credentials-rejected', 'mailbox', { needsConfirmation: true }),
  // Also what a resolver says that has a bad moment, hence the confirmation.
  AUTODISCOVER_FAILED: { ...noLocation, needsConfirmation: true },
  AUTODISCOVER_LOOP: noLocation,
  AUTODISCOVER_FOREIGN: noLocation,
  // The one that would have answered may be the one that was silent.
  AUTODISCOVER_UNREACHED: transient('location-undetermined', 'profile'),
};

export function autodiscoverVerdict({ responseCode, code }: Symptom): Verdict | null {
  const key = responseCode ?? code;
  if (Object.hasOwn(CODES, key)) return CODES[key] ?? null;
  // A code that nobody has listed is still an answer about this address.
  return responseCode?.startsWith('autodiscover-') === true ? noLocation : null;
}
