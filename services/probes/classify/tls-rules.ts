import type { FailureReason, Hint } from '../../domain/failure.ts';
import type { Symptom } from './symptom.ts';
import { entryOf, permanent, transient, type Verdict } from './verdict.ts';

const CERTIFICATE_CODES: Readonly<Record<string, FailureReason>> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-host',
  HOSTNAME_MISMATCH: 'certificate-wrong-host',
};

/** Every other result of certificate verification means: nobody we trust vouches for it. */
const UNTRUSTED_PREFIXES = [
  'CERT_',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'CRL_',
  'ERROR_IN_CERT_',
];

/** The peer does not speak TLS at all on this port. */
const NOT_TLS_CODES = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_UNEXPECTED_MESSAGE',
]);

const NOT_OFFERED_CODES = new Set(['TLS_NOT_OFFERED', 'ETLS', 'ETLSUNAVAILABLE']);

/** Servers that insist on TLS before a login say so in the words of a refused login. */
const DEMANDS_TLS = [
  'plaintext authentication disallowed',
  'login is disabled',
  'must issue a starttls',
  'issue starttls',
  'authentication not enabled',
  'requires tls',
  'requires ssl',
  'encryption required',
  'secure connection required',
];

/** Certificates and handshakes, before anything else: no reply of the server can overrule them. */
export function tlsVerdict(symptom: Symptom): Verdict | null {
  const { code, libraryCode } = symptom;
  const certificate = entryOf(CERTIFICATE_CODES, code);
  if (certificate) {
    return permanent(
      certificate,
      'profile',
      hinted(code === 'CERT_NOT_YET_VALID' ? 'not-yet-valid' : undefined),
    );
  }
  if (UNTRUSTED_PREFIXES.some((prefix) => code.startsWith(prefix)))
    return permanent('certificate-untrusted', 'profile');
  if (NOT_TLS_CODES.has(code))
    return permanent('wrong-protocol', 'profile', { hint: 'not-this-protocol' });
  if (code.startsWith('ERR_SSL_') && code.includes('CERTIFICATE_REQUIRED')) {
    return permanent('unsupported-configuration', 'profile', { hint: 'client-certificate-wanted' });
  }
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_'))
    return permanent('tls-version', 'profile');
  if (code === 'TLS_INJECTION' || code === 'STARTTLS_INJECTION') {
    return permanent('tls-unavailable', 'profile', { hint: 'may-be-attacked' });
  }
  if (code === 'INSECURE_CHANNEL') return permanent('insecure-channel-refused', 'profile');
  return NOT_OFFERED_CODES.has(libraryCode) || isUpgradeRefused(symptom)
    ? notOffered(symptom)
    : null;
}

/** "Login disabled" is a rule about TLS although every library reports a failed login (lesson 2). */
export function plaintextRuleVerdict({
  code,
  reply,
  status,
  responseCode,
}: Symptom): Verdict | null {
  const words = reply.toLowerCase();
  const demands =
    code === 'LOGINDISABLED' ||
    responseCode === 'PRIVACYREQUIRED' ||
    status === 538 ||
    DEMANDS_TLS.some((phrase) => words.includes(phrase));
  return demands ? permanent('tls-required', 'profile') : null;
}

/** imapflow marks its own refusal to go on without TLS, and has no code for it. */
function isUpgradeRefused({ protocol, tlsFailed, code }: Symptom): boolean {
  return protocol === 'imap' && tlsFailed && code === '';
}

/** 454 "TLS not available due to temporary reason" (RFC 3207 §4) passes; never being offered does not. */
function notOffered({ status }: Symptom): Verdict {
  return status !== null && status >= 400 && status < 500
    ? transient('tls-unavailable', 'profile')
    : permanent('tls-unavailable', 'profile');
}

function hinted(hint: Hint | undefined): { readonly hint?: Hint } {
  return hint === undefined ? {} : { hint };
}
