import { exchangeVerdict, messageScope } from './exchange-codes.ts';
import { lostInTransfer, statusVerdict } from './http-rules.ts';
import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';

const noMailbox = permanent('mailbox-not-found', 'mailbox');
const onPremises = permanent('mailbox-not-found', 'mailbox', { hint: 'use-exchange-server' });
const tokenRefused = permanent('credentials-rejected', 'profile');
const busy = transient('server-busy', 'profile');

/** Graph's `error.code`, where it differs from Exchange's or is its own; never the message, which changes. */
const CODES: Readonly<Record<string, Verdict>> = {
  InvalidAuthenticationToken: tokenRefused,
  unauthenticated: tokenRefused,
  ErrorAccessDenied: permanent('permission-denied', 'mailbox', { hint: 'policy-takes-an-hour' }),
  accessDenied: permanent('permission-denied', 'mailbox', { hint: 'policy-takes-an-hour' }),
  Authorization_RequestDenied: permanent('permission-denied', 'profile'),
  MailboxNotEnabledForRESTAPI: onPremises,
  MailboxNotSupportedForRESTAPI: onPremises,
  ErrorInvalidUser: noMailbox,
  ResourceNotFound: noMailbox,
  Request_ResourceNotFound: noMailbox,
  // The budget is the application's in this one mailbox, not the profile's.
  ApplicationThrottled: transient('server-busy', 'mailbox'),
  ErrorServerBusy: transient('server-busy', 'mailbox'),
  activityLimitReached: busy,
  TooManyRequests: busy,
  serviceNotAvailable: transient('server-unavailable', 'profile'),
  quotaLimitReached: permanent('quota-exceeded', 'mailbox'),
};

export function graphVerdict(symptom: Symptom): Verdict | null {
  const { responseCode, status, retryAfterMs } = symptom;
  const codes = responseCode?.split(' ') ?? [];
  const verdict =
    first(codes, (code) =>
      Object.hasOwn(CODES, code) ? (CODES[code] ?? null) : exchangeVerdict(code, symptom),
    ) ??
    withoutCode(symptom) ??
    statusVerdict(status) ??
    // One call asks for the right to send and sends.
    lostInTransfer(symptom, ['authorise', 'exchange']);
  return verdict && { ...verdict, ...(retryAfterMs !== null && { retryAfterMs }) };
}

function withoutCode(symptom: Symptom): Verdict | null {
  switch (symptom.status) {
    case 401:
      return tokenRefused;
    case 403:
      return permanent('permission-denied', 'mailbox');
    case 404:
      return noMailbox;
    case 413:
      return permanent('message-too-large', messageScope(symptom));
    case 507:
      return permanent('quota-exceeded', 'mailbox');
    default:
      return null;
  }
}

function first(
  codes: readonly string[],
  verdictOf: (code: string) => Verdict | null,
): Verdict | null {
  for (const code of codes) {
    const verdict = verdictOf(code);
    if (verdict) return verdict;
  }
  return null;
}
