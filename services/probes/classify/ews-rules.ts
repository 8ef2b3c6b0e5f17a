import type { FailureScope } from '../../domain/failure.ts';
import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';

const noAccess = permanent('permission-denied', 'mailbox');
const noMailbox = permanent('mailbox-not-found', 'mailbox');
const tooOld = permanent('unsupported-configuration', 'profile');
const outOfOrder = transient('server-unavailable', 'profile');
const storeOutOfOrder = transient('mailbox-store-broken', 'mailbox');

/** `ResponseCode` of Exchange Web Services, and a code of our own; never the text, which is translated. */
const CODES: Readonly<Record<string, Verdict>> = {
  // Ours: the server has other methods to sign in than the profile's.
  'sign-in-not-offered': permanent('authentication-disabled', 'mailbox'),

  ErrorAccessDenied: noAccess,
  ErrorImpersonateUserDenied: noAccess,
  ErrorImpersonationDenied: noAccess,
  ErrorImpersonationFailed: noAccess,
  ErrorSendAsDenied: noAccess,
  ErrorNonExistentMailbox: noMailbox,
  ErrorInvalidSmtpAddress: noMailbox,
  ErrorMailboxConfiguration: noMailbox,
  ErrorNonPrimarySmtpAddress: noMailbox,
  ErrorAccountDisabled: permanent('account-disabled', 'mailbox'),
  ErrorPasswordExpired: permanent('password-expired', 'mailbox'),
  ErrorPasswordChangeRequired: permanent('password-expired', 'mailbox'),
  ErrorMailboxLogonFailed: permanent('credentials-rejected', 'mailbox'),
  ErrorFolderNotFound: permanent('folder-missing', 'mailbox'),
  ErrorQuotaExceeded: permanent('quota-exceeded', 'mailbox'),
  ErrorSubmissionQuotaExceeded: permanent('quota-exceeded', 'mailbox'),
  ErrorServerBusy: transient('server-busy', 'profile'),
  ErrorExceededConnectionCount: transient('server-busy', 'profile'),
  ErrorInsufficientResources: transient('server-busy', 'profile'),
  ErrorMailboxStoreUnavailable: storeOutOfOrder,
  ErrorMailboxFailover: storeOutOfOrder,
  ErrorMailboxMoveInProgress: transient('mailbox-locked', 'mailbox'),
  ErrorConnectionFailed: outOfOrder,
  ErrorTimeoutExpired: outOfOrder,
  ErrorInternalServerTransientError: outOfOrder,
  ErrorInternalServerError: outOfOrder,
  ErrorADUnavailable: outOfOrder,
  ErrorNoRespondingCASInDestinationSite: outOfOrder,
  ErrorInvalidServerVersion: tooOld,
  ErrorSchemaValidation: tooOld,
  ErrorInvalidRequest: tooOld,
  // The state is not kept: the next poll begins anew.
  ErrorInvalidSyncStateData: transient('unknown', 'mailbox'),
};

/** These speak of one message, and in a test of the mailbox that it is addressed to. */
const MESSAGE_CODES: Readonly<Record<string, (symptom: Symptom) => Verdict>> = {
  ErrorMessageSizeExceeded: (symptom) => permanent('message-too-large', messageScope(symptom)),
  ErrorMailRecipientNotFound: unknownRecipient,
  ErrorInvalidRecipients: unknownRecipient,
};

export function ewsVerdict(symptom: Symptom): Verdict | null {
  const { responseCode, status, retryAfterMs } = symptom;
  const wait = retryAfterMs === null ? {} : { retryAfterMs };
  const code = responseCode ?? '';
  const verdict =
    CODES[code] ?? MESSAGE_CODES[code]?.(symptom) ?? byStatus(status) ?? lostInTransfer(symptom);
  return verdict && { ...verdict, ...wait };
}

/** An answer without SOAP: of the web server in front, or of Exchange before it looks at the request. */
function byStatus(status: number | null): Verdict | null {
  if (status === null || status < 300) return null;
  switch (status) {
    case 401:
      return permanent('credentials-rejected', 'mailbox');
    // Web services are switched off for the organization, the mailbox or the application.
    case 403:
      return noAccess;
    case 404:
    case 410:
      return permanent('location-undetermined', 'profile');
    case 408:
    case 504:
      return transient('timeout', 'profile');
    case 429:
      return transient('server-busy', 'profile');
    default:
  }
  if (status >= 500) return outOfOrder;
  // A redirect is a login page or another service; credentials are not sent after it.
  if (status < 400) return permanent('wrong-protocol', 'profile', { hint: 'not-this-protocol' });
  return permanent('unsupported-configuration', 'profile');
}

/** A message that was on its way when the answer was lost; a test's message does no harm twice. */
function lostInTransfer({ stage, purpose, code }: Symptom): Verdict | null {
  if (stage !== 'exchange' || purpose !== 'send') return null;
  const hint = { hint: 'may-have-been-delivered' } as const;
  if (code === 'DEADLINE') return transient('timeout', 'profile', hint);
  return ['ECONNRESET', 'EPIPE', 'CONNECTION_CLOSED'].includes(code)
    ? transient('connection-lost', 'profile', hint)
    : null;
}

function unknownRecipient(symptom: Symptom): Verdict {
  return symptom.purpose === 'test'
    ? noMailbox
    : permanent('recipient-rejected', messageScope(symptom));
}

function messageScope({ purpose }: Symptom): FailureScope {
  return purpose === 'test' ? 'mailbox' : 'email';
}
