import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';

/** Graph's `error.code` and Entra's `error`; never the message, which changes (mail-probe.md §6). */
const CODES: Readonly<Record<string, Verdict>> = {
  // Entra's token endpoint. These credentials are the application's, so all mailboxes are touched.
  invalid_client: permanent('credentials-rejected', 'profile'),
  unauthorized_client: permanent('permission-denied', 'profile'),
  invalid_request: permanent('unsupported-configuration', 'profile'),
  invalid_scope: permanent('unsupported-configuration', 'profile'),
  temporarily_unavailable: transient('server-unavailable', 'profile'),
  too_many_requests: transient('server-busy', 'profile'),
  // Graph.
  InvalidAuthenticationToken: permanent('credentials-rejected', 'profile'),
  ErrorAccessDenied: permanent('permission-denied', 'mailbox', { hint: 'policy-takes-an-hour' }),
  ErrorSendAsDenied: permanent('permission-denied', 'mailbox'),
  Authorization_RequestDenied: permanent('permission-denied', 'profile'),
  MailboxNotEnabledForRESTAPI: permanent('mailbox-not-found', 'mailbox', {
    hint: 'use-exchange-server',
  }),
  MailboxNotSupportedForRESTAPI: permanent('mailbox-not-found', 'mailbox', {
    hint: 'use-exchange-server',
  }),
  ErrorInvalidUser: permanent('mailbox-not-found', 'mailbox'),
  ErrorNonExistentMailbox: permanent('mailbox-not-found', 'mailbox'),
  ResourceNotFound: permanent('mailbox-not-found', 'mailbox'),
  Request_ResourceNotFound: permanent('mailbox-not-found', 'mailbox'),
  ErrorItemNotFound: permanent('folder-missing', 'mailbox'),
  ErrorFolderNotFound: permanent('folder-missing', 'mailbox'),
  ApplicationThrottled: transient('server-busy', 'mailbox'),
  activityLimitReached: transient('server-busy', 'profile'),
  TooManyRequests: transient('server-busy', 'profile'),
  serviceNotAvailable: transient('server-unavailable', 'profile'),
  quotaLimitReached: permanent('quota-exceeded', 'mailbox'),
  ErrorQuotaExceeded: permanent('quota-exceeded', 'mailbox'),
};

export function graphVerdict({ responseCode, status, retryAfterMs }: Symptom): Verdict | null {
  const wait = retryAfterMs === null ? {} : { retryAfterMs };
  for (const code of responseCode?.split(' ') ?? []) {
    const verdict = CODES[code];
    if (verdict) return { ...verdict, ...wait };
  }
  const verdict = byStatus(status);
  return verdict && { ...verdict, ...wait };
}

function byStatus(status: number | null): Verdict | null {
  if (status === null) return null;
  switch (status) {
    case 401:
      return permanent('credentials-rejected', 'profile');
    case 403:
      return permanent('permission-denied', 'mailbox');
    case 404:
      return permanent('mailbox-not-found', 'mailbox');
    case 429:
      return transient('server-busy', 'profile');
    case 507:
      return permanent('quota-exceeded', 'mailbox');
    default:
  }
  if (status >= 500) return transient('server-unavailable', 'profile');
  // A redirect is a login page or another service; credentials are not sent after it.
  if (status >= 300 && status < 400)
    return permanent('wrong-protocol', 'profile', { hint: 'not-this-protocol' });
  return status >= 400 ? permanent('unsupported-configuration', 'profile') : null;
}
