import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';

/**
 * `error` of Entra's token endpoint (RFC 6749 §5.2 and Microsoft's own). These credentials are an
 * application's, so all mailboxes are touched.
 */
const CODES: Readonly<Record<string, Verdict>> = {
  invalid_client: permanent('credentials-rejected', 'profile'),
  unauthorized_client: permanent('permission-denied', 'profile'),
  access_denied: permanent('permission-denied', 'profile'),
  // Conditional access, or consent that nobody has given.
  interaction_required: permanent('permission-denied', 'profile'),
  invalid_grant: permanent('permission-denied', 'profile'),
  invalid_request: permanent('unsupported-configuration', 'profile'),
  invalid_scope: permanent('unsupported-configuration', 'profile'),
  invalid_resource: permanent('unsupported-configuration', 'profile'),
  unsupported_grant_type: permanent('unsupported-configuration', 'profile'),
  temporarily_unavailable: transient('server-unavailable', 'profile'),
  server_error: transient('server-unavailable', 'profile'),
  too_many_requests: transient('server-busy', 'profile'),
};

/** Microsoft may renumber these and says to go by `error`: they make it more precise and decide nothing else. */
const NUMBERS: Readonly<Record<string, Verdict>> = {
  // "The provided client secret keys are expired."
  AADSTS7000222: permanent('password-expired', 'profile'),
};

export function entraVerdict({ responseCode, retryAfterMs }: Symptom): Verdict | null {
  const codes = responseCode?.split(' ') ?? [];
  const error = codes.find((code) => Object.hasOwn(CODES, code));
  if (error === undefined) return null;
  const number = codes.find((code) => Object.hasOwn(NUMBERS, code));
  const verdict = (number === undefined ? null : NUMBERS[number]) ?? CODES[error];
  return verdict === undefined
    ? null
    : { ...verdict, ...(retryAfterMs !== null && { retryAfterMs }) };
}
