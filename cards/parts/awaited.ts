import type { FailureReason } from '../../services/domain/failure.ts';

/** What must come before a disabled direction can be enabled again. */
type Awaited = 'server' | 'sign-in' | 'approval' | 'organization' | 'repair';

/** A server that answers, but not as it should, is not waited for: somebody must put something right. */
const AWAITED = {
  'credentials-rejected': 'sign-in',
  'credentials-missing': 'sign-in',
  'password-expired': 'sign-in',
  'authentication-disabled': 'sign-in',
  'account-disabled': 'sign-in',
  'permission-denied': 'sign-in',
  'not-approved': 'approval',
  'other-organization': 'organization',
  'host-not-found': 'server',
  'connection-refused': 'server',
  'connection-lost': 'server',
  timeout: 'server',
  'server-busy': 'server',
  'server-unavailable': 'server',
  'mailbox-not-found': 'repair',
  'mailbox-locked': 'repair',
  'mailbox-store-broken': 'repair',
  'quota-exceeded': 'repair',
  'folder-missing': 'repair',
  'recipient-rejected': 'repair',
  'message-too-large': 'repair',
  'certificate-expired': 'repair',
  'certificate-untrusted': 'repair',
  'certificate-wrong-host': 'repair',
  'tls-version': 'repair',
  'tls-unavailable': 'repair',
  'tls-required': 'repair',
  'insecure-channel-refused': 'repair',
  'wrong-protocol': 'repair',
  'server-refused': 'repair',
  'location-undetermined': 'repair',
  'unsupported-configuration': 'repair',
  unknown: 'repair',
} as const satisfies Record<FailureReason, Awaited>;

export function awaited(reason: FailureReason): Awaited {
  return AWAITED[reason];
}
