import type { Failure, FailureReason } from '../domain/failure.ts';
import type { MailboxId, ProfileId } from '../domain/ids.ts';

/** Kinds of trouble that have one repair: a dead server is one outage, whatever each session saw of it. */
type Trouble = 'credentials' | 'approval' | 'tls' | 'network' | 'mailbox' | 'configuration';

const troubleOf = {
  'credentials-rejected': 'credentials',
  'credentials-missing': 'credentials',
  'password-expired': 'credentials',
  'authentication-disabled': 'credentials',
  'account-disabled': 'credentials',
  'permission-denied': 'credentials',
  'not-approved': 'approval',
  'mailbox-not-found': 'mailbox',
  'mailbox-locked': 'mailbox',
  'mailbox-store-broken': 'mailbox',
  'quota-exceeded': 'mailbox',
  'folder-missing': 'mailbox',
  'recipient-rejected': 'mailbox',
  'message-too-large': 'mailbox',
  'host-not-found': 'network',
  'connection-refused': 'network',
  'connection-lost': 'network',
  timeout: 'network',
  'server-busy': 'network',
  'server-unavailable': 'network',
  'server-refused': 'network',
  'certificate-expired': 'tls',
  'certificate-untrusted': 'tls',
  'certificate-wrong-host': 'tls',
  'tls-version': 'tls',
  'tls-unavailable': 'tls',
  'tls-required': 'tls',
  'insecure-channel-refused': 'tls',
  'wrong-protocol': 'tls',
  'location-undetermined': 'configuration',
  'other-organization': 'configuration',
  'unsupported-configuration': 'configuration',
  unknown: 'network',
} as const satisfies Record<FailureReason, Trouble>;

/** Equal for failures that one repair ends; the key under which mailboxes share an incident. */
export function incidentCause(
  failure: Failure,
  mailboxId: MailboxId,
  profileId: ProfileId | null,
): { readonly scope: 'mailbox' | 'profile'; readonly cause: string } {
  const trouble = troubleOf[failure.reason];
  return failure.scope === 'profile' && profileId !== null
    ? { scope: 'profile', cause: `profile:${profileId}:${trouble}` }
    : { scope: 'mailbox', cause: `mailbox:${mailboxId}:${trouble}` };
}
