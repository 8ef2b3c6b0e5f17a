import type { FailureReason, Stage } from '../../domain/failure.ts';
import type { TopicId } from '../../domain/ids.ts';

/**
 * What a topic says went wrong. Those that are not named here leave it open: a secure connection fails
 * for its certificate or for many other causes, and the alert does not say which.
 */
export const REASONS: Readonly<Record<string, FailureReason>> = {
  'approval-required': 'not-approved',
  'bad-credentials': 'credentials-rejected',
  'ews-forbidden': 'permission-denied',
  'exchange-licence-invalid': 'permission-denied',
  'exchange-mailbox-not-found-404': 'mailbox-not-found',
  'exchange-quota-exceeded': 'quota-exceeded',
  'exchange-server-busy': 'server-busy',
  'exchange-store-unavailable': 'server-unavailable',
  gmail: 'credentials-rejected',
  'gmail-sending-limit': 'quota-exceeded',
  'impersonation-error': 'permission-denied',
  'insecure-credentials': 'insecure-channel-refused',
  'insufficient-privileges-act': 'permission-denied',
  'invalid-recipient-address': 'recipient-rejected',
  'location-undetermined': 'location-undetermined',
  'mailbox-credentials': 'credentials-missing',
  'mailbox-not-enabled-for-rest': 'mailbox-not-found',
  'message-too-large': 'message-too-large',
  'no-valid-email-address': 'mailbox-not-found',
  'o365-approval': 'not-approved',
  'other-org': 'other-organization',
  's2s-token-not-acquired': 'credentials-rejected',
  'sending-limit-exceeded': 'quota-exceeded',
  'smtp-address-without-mailbox': 'mailbox-not-found',
  'smtp-auth-blocked': 'authentication-disabled',
  'smtp-syntax-error': 'wrong-protocol',
  'unauthorized-401': 'credentials-rejected',
  'unsupported-configurations': 'unsupported-configuration',
  'user-disabled': 'account-disabled',
  'user-not-found-in-tenant': 'mailbox-not-found',
};

/** Where the general alert stands, the error code often knows more. */
const REASONS_OF_CODES: readonly (readonly [RegExp, FailureReason])[] = [
  [/HostNotFound/i, 'host-not-found'],
  [/ConnectFailure/i, 'connection-refused'],
  [/TimedOut/i, 'timeout'],
  [/SendFailure|ReceiveFailure/i, 'connection-lost'],
  [/ServiceUnavailable/i, 'server-unavailable'],
  [/ErrorServerBusy/i, 'server-busy'],
  [/ErrorMailboxStoreUnavailable/i, 'server-unavailable'],
];

const STAGES_OF_TOPICS: Readonly<Record<string, Stage>> = {
  'secure-connection': 'tls',
  'mailbox-disabled-sync': 'tls',
  'secure-channel-failure': 'tls',
  'connection-failed': 'connect',
};

const STAGES_OF_REASONS: Readonly<Partial<Record<FailureReason, Stage>>> = {
  'host-not-found': 'resolve',
  'location-undetermined': 'resolve',
  'connection-refused': 'connect',
  'connection-lost': 'connect',
  timeout: 'connect',
  'server-unavailable': 'connect',
  'insecure-channel-refused': 'tls',
  'wrong-protocol': 'greeting',
  'credentials-rejected': 'authenticate',
  'credentials-missing': 'authenticate',
  'authentication-disabled': 'authenticate',
  'account-disabled': 'authenticate',
  'permission-denied': 'authorise',
  'not-approved': 'authorise',
  'other-organization': 'authorise',
  'mailbox-not-found': 'authorise',
};

/** The topic knows most; where it leaves the cause open, a code or what stands in the details may tell. */
export function reasonOf(topic: TopicId, told: string): FailureReason {
  const ofTopic = Object.hasOwn(REASONS, topic) ? REASONS[topic] : undefined;
  return ofTopic ?? REASONS_OF_CODES.find(([pattern]) => pattern.test(told))?.[1] ?? 'unknown';
}

export function stageOf(topic: TopicId, reason: FailureReason): Stage {
  const ofTopic = Object.hasOwn(STAGES_OF_TOPICS, topic) ? STAGES_OF_TOPICS[topic] : undefined;
  return STAGES_OF_REASONS[reason] ?? ofTopic ?? 'exchange';
}
