import { autodiscoverVerdict } from './autodiscover-rules.ts';
import { entraVerdict } from './entra-rules.ts';
import { ewsVerdict } from './ews-rules.ts';
import { graphVerdict } from './graph-rules.ts';
import { imapVerdict } from './imap-rules.ts';
import { networkVerdict } from './network-rules.ts';
import { pop3Verdict } from './pop3-rules.ts';
import { smtpVerdict } from './smtp-rules.ts';
import type { Symptom } from './symptom.ts';
import { plaintextRuleVerdict, tlsVerdict } from './tls-rules.ts';
import { permanent, transient, type Verdict } from './verdict.ts';

type Rule = (symptom: Symptom) => Verdict | null;

const ownRules: Rule = ({ code }) => {
  if (code === 'NO_CREDENTIALS') return permanent('credentials-missing', 'mailbox');
  if (code === 'UNSUPPORTED_CREDENTIALS' || code === 'NO_COMMON_MECHANISM')
    return permanent('unsupported-configuration', 'profile');
  return null;
};

/** A mail session that never came to the mail server, because who gives out tokens gave none. */
const tokenVerdict: Rule = (symptom) => {
  const { protocol, libraryCode, status } = symptom;
  if (libraryCode !== 'HTTP_STATUS' || protocol === 'graph' || protocol === 'ews') return null;
  const known = entraVerdict(symptom);
  if (known) return known;
  const wait = symptom.retryAfterMs === null ? {} : { retryAfterMs: symptom.retryAfterMs };
  if (status === 429) return transient('server-busy', 'profile', wait);
  if (status !== null && status >= 500) return transient('server-unavailable', 'profile', wait);
  return permanent('unsupported-configuration', 'profile');
};

const protocolRules: Readonly<Partial<Record<Symptom['protocol'], Rule>>> = {
  ews: (symptom) => autodiscoverVerdict(symptom) ?? entraVerdict(symptom) ?? ewsVerdict(symptom),
  graph: (symptom) => entraVerdict(symptom) ?? graphVerdict(symptom),
  imap: imapVerdict,
  pop3: pop3Verdict,
  smtp: smtpVerdict,
};

/**
 * One verdict for one symptom; pure. The order is the lesson of the error table
 * (reference/mail-probe.md §2): TLS first, then rules about TLS that are worded as refused logins,
 * then what the server said, and only then what the socket did.
 */
export function classify(symptom: Symptom): Verdict {
  const verdict = verdictOf(symptom);
  return symptom.withToken === true &&
    symptom.libraryCode !== 'HTTP_STATUS' &&
    verdict.reason === 'credentials-rejected'
    ? { ...verdict, hint: 'token-refused' }
    : verdict;
}

function verdictOf(symptom: Symptom): Verdict {
  const protocolRule: Rule = protocolRules[symptom.protocol] ?? (() => null);
  for (const rule of [
    ownRules,
    tokenVerdict,
    tlsVerdict,
    plaintextRuleVerdict,
    protocolRule,
    networkVerdict,
  ]) {
    const verdict = rule(symptom);
    if (verdict) return verdict;
  }
  // Not understood is no reason to take somebody's mail away at once.
  return transient('unknown', 'profile');
}
