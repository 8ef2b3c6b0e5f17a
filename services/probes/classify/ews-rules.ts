import { exchangeVerdict } from './exchange-codes.ts';
import { lostInTransfer, statusVerdict } from './http-rules.ts';
import type { Symptom } from './symptom.ts';
import { permanent, type Verdict } from './verdict.ts';

export function ewsVerdict(symptom: Symptom): Verdict | null {
  const { responseCode, status, retryAfterMs } = symptom;
  const verdict =
    exchangeVerdict(responseCode ?? '', symptom) ??
    ownVerdict(responseCode) ??
    withoutSoap(status) ??
    statusVerdict(status) ??
    lostInTransfer(symptom, ['exchange']);
  return verdict && { ...verdict, ...(retryAfterMs !== null && { retryAfterMs }) };
}

/** The server has other methods to sign in than the profile's: it says nothing about the password. */
function ownVerdict(responseCode: string | null): Verdict | null {
  return responseCode === 'sign-in-not-offered'
    ? permanent('authentication-disabled', 'mailbox')
    : null;
}

/** An answer without SOAP: of the web server in front, or of Exchange before it looks at the request. */
function withoutSoap(status: number | null): Verdict | null {
  switch (status) {
    case 401:
      return permanent('credentials-rejected', 'mailbox');
    // Web services are switched off for the organization, the mailbox or the application.
    case 403:
      return permanent('permission-denied', 'mailbox');
    // A web server that has no Exchange Web Services at this address.
    case 404:
    case 405:
    case 410:
      return permanent('location-undetermined', 'profile');
    default:
      return null;
  }
}
