import type { Instant } from './time.ts';

/** What a failure touches: one message, one mailbox, or every mailbox of a profile (domain.md §6.2). */
export type FailureScope = 'email' | 'mailbox' | 'profile';
export type FailureNature = 'permanent' | 'transient';

/** The steps of a protocol session, in order. A test reports one result for each. */
export const STAGES = [
  'resolve',
  'connect',
  'tls',
  'greeting',
  'authenticate',
  'authorise',
  'exchange',
] as const;
export type Stage = (typeof STAGES)[number];

/** What went wrong, in words that protocols share; the classifier's vocabulary. */
export const FAILURE_REASONS = [
  'credentials-rejected',
  'credentials-missing',
  'password-expired',
  'authentication-disabled',
  'account-disabled',
  'permission-denied',
  'not-approved',
  'mailbox-not-found',
  'mailbox-locked',
  'mailbox-store-broken',
  'quota-exceeded',
  'folder-missing',
  'recipient-rejected',
  'message-too-large',
  'host-not-found',
  'connection-refused',
  'connection-lost',
  'timeout',
  'certificate-expired',
  'certificate-untrusted',
  'certificate-wrong-host',
  'tls-version',
  'tls-unavailable',
  'tls-required',
  'insecure-channel-refused',
  'wrong-protocol',
  'server-busy',
  'server-unavailable',
  'server-refused',
  'location-undetermined',
  'other-organization',
  'unsupported-configuration',
  'unknown',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Advice that goes with some replies; the value of evidence labelled `hint`. Each has a text in data/locales. */
export const HINTS = [
  'try-implicit-tls',
  'not-this-protocol',
  'not-yet-valid',
  'client-certificate-wanted',
  'may-be-attacked',
  'may-be-outage',
  'mailbox-may-be-locked',
  'application-password',
  'smtp-auth-switched-off',
  'protocol-switched-off',
  'sign-in-policy',
  'token-refused',
  'may-have-been-delivered',
  'partly-delivered',
  'not-seen-yet',
  'use-exchange-server',
  'policy-takes-an-hour',
] as const;
export type Hint = (typeof HINTS)[number];

/** One fact a support engineer would want, already redacted: `label` is a locale key suffix. */
export interface Evidence {
  readonly label:
    | 'addresses'
    | 'endpoint'
    | 'certificate-subject'
    | 'certificate-issuer'
    | 'certificate-valid-from'
    | 'certificate-valid-to'
    | 'tls-version'
    | 'banner'
    | 'capabilities'
    | 'sign-in-method'
    | 'user-name'
    | 'server-reply'
    /** Which machine behind the address answered, as Exchange names it. */
    | 'server-name'
    /** Support of a service finds the request by it. */
    | 'request-id'
    | 'library-code'
    | 'folder'
    | 'message-count'
    | 'message-id'
    | 'primary-organization'
    /** The test message was found in the inbox: after so many ms. */
    | 'found-after'
    | 'hint';
  readonly value: string;
}

export interface Failure {
  readonly scope: FailureScope;
  readonly nature: FailureNature;
  readonly stage: Stage;
  readonly reason: FailureReason;
  /** One protocol cannot tell this from a passing fault: confirm once before it counts (design.md §4). */
  readonly needsConfirmation: boolean;
  readonly evidence: readonly Evidence[];
  /** The server asked us to wait at least this long. */
  readonly retryAfterMs?: number;
}

export interface OccurredFailure extends Failure {
  readonly at: Instant;
}
