import type { FailureScope } from '../../domain/failure.ts';
import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';

const noAccess = permanent('permission-denied', 'mailbox');
const noMailbox = permanent('mailbox-not-found', 'mailbox');
const noFolder = permanent('folder-missing', 'mailbox');
const notUnderstood = permanent('unsupported-configuration', 'profile');
const elsewhere = permanent('location-undetermined', 'mailbox');
const busy = transient('server-busy', 'profile');
const outOfOrder = transient('server-unavailable', 'profile');
const storeOutOfOrder = transient('mailbox-store-broken', 'mailbox');

/**
 * `ResponseCode` of Exchange Web Services, and `error.code` where Graph passes one on: Exchange stands
 * behind both. Never the text, which is translated.
 */
const CODES: Readonly<Record<string, Verdict>> = {
  ErrorAccessDenied: noAccess,
  ErrorCreateItemAccessDenied: noAccess,
  ErrorImpersonateUserDenied: noAccess,
  ErrorImpersonationDenied: noAccess,
  ErrorImpersonationFailed: noAccess,
  ErrorSendAsDenied: noAccess,
  ErrorInvalidLicense: noAccess,
  ErrorNonExistentMailbox: noMailbox,
  ErrorInvalidSmtpAddress: noMailbox,
  ErrorMailboxConfiguration: noMailbox,
  ErrorNonPrimarySmtpAddress: noMailbox,
  ErrorMissingEmailAddress: noMailbox,
  ErrorMissingInformationEmailAddress: noMailbox,
  // "SendOnly cannot be used by a user without a mailbox" (domain.md §2.3).
  ErrorInvalidOperation: noMailbox,
  ErrorAccountDisabled: permanent('account-disabled', 'mailbox'),
  ErrorPasswordExpired: permanent('password-expired', 'mailbox'),
  ErrorPasswordChangeRequired: permanent('password-expired', 'mailbox'),
  ErrorMailboxLogonFailed: permanent('credentials-rejected', 'mailbox'),
  ErrorCallerIsInvalidADAccount: permanent('credentials-rejected', 'mailbox'),
  ErrorFolderNotFound: noFolder,
  ErrorItemNotFound: noFolder,
  ErrorNoCalendar: noFolder,
  ErrorQuotaExceeded: permanent('quota-exceeded', 'mailbox'),
  // Of what was sent, not of what is stored: "try again later" (domain.md §2.5).
  ErrorSubmissionQuotaExceeded: transient('quota-exceeded', 'mailbox'),
  ErrorServerBusy: busy,
  ErrorExceededConnectionCount: busy,
  ErrorInsufficientResources: busy,
  ErrorNotEnoughMemory: busy,
  ErrorTooManyObjectsOpened: transient('server-busy', 'mailbox'),
  ErrorMailboxStoreUnavailable: storeOutOfOrder,
  ErrorMailboxFailover: storeOutOfOrder,
  ErrorCorruptData: storeOutOfOrder,
  ErrorFolderCorrupt: storeOutOfOrder,
  ErrorMailboxMoveInProgress: transient('mailbox-locked', 'mailbox'),
  ErrorConnectionFailed: outOfOrder,
  ErrorTimeoutExpired: outOfOrder,
  ErrorRequestAborted: outOfOrder,
  ErrorInternalServerTransientError: outOfOrder,
  ErrorInternalServerError: outOfOrder,
  ErrorADUnavailable: outOfOrder,
  ErrorADOperation: outOfOrder,
  ErrorNoRespondingCASInDestinationSite: outOfOrder,
  ErrorNoApplicableProxyCASServersAvailable: outOfOrder,
  ErrorProxyCallFailed: outOfOrder,
  ErrorProxyRequestProcessingFailed: outOfOrder,
  ErrorProxyServiceDiscoveryFailed: outOfOrder,
  ErrorProxyTokenExpired: outOfOrder,
  // The mailbox is served by another site, and Exchange says to ask autodiscover for its address.
  ErrorCrossSiteRequest: elsewhere,
  ErrorProxyRequestNotAllowed: elsewhere,
  ErrorNoDestinationCASDueToVersionMismatch: elsewhere,
  ErrorInvalidServerVersion: notUnderstood,
  ErrorIncorrectSchemaVersion: notUnderstood,
  ErrorInvalidSchemaVersionForMailboxVersion: notUnderstood,
  ErrorInvalidExchangeImpersonationHeaderData: notUnderstood,
  ErrorSchemaValidation: notUnderstood,
  ErrorInvalidRequest: notUnderstood,
  // Passing by nature: the next look begins anew.
  ErrorInvalidSyncStateData: transient('unknown', 'mailbox'),
  ErrorIrresolvableConflict: transient('unknown', 'mailbox'),
  ErrorBatchProcessingStopped: transient('unknown', 'mailbox'),
};

/** These speak of one message, and in a test of the mailbox that it is addressed to. */
const MESSAGE_CODES: Readonly<Record<string, (symptom: Symptom) => Verdict>> = {
  ErrorMessageSizeExceeded: (symptom) => permanent('message-too-large', messageScope(symptom)),
  ErrorMailRecipientNotFound: unknownRecipient,
  ErrorInvalidRecipients: unknownRecipient,
  ErrorMissingRecipients: unknownRecipient,
};

export function exchangeVerdict(code: string, symptom: Symptom): Verdict | null {
  if (Object.hasOwn(CODES, code)) return CODES[code] ?? null;
  return Object.hasOwn(MESSAGE_CODES, code) ? (MESSAGE_CODES[code]?.(symptom) ?? null) : null;
}

function unknownRecipient(symptom: Symptom): Verdict {
  return symptom.purpose === 'test'
    ? noMailbox
    : permanent('recipient-rejected', messageScope(symptom));
}

export function messageScope({ purpose }: Symptom): FailureScope {
  return purpose === 'test' ? 'mailbox' : 'email';
}
