import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';
import {
  isExpiredPassword,
  isPassing,
  saysAny,
  TOO_MANY,
  wantsApplicationPassword,
} from './wording.ts';

/** Response codes of RFC 2449 §8 and RFC 3206; only `[AUTH]` is surely the credentials (lesson 4). */
export function pop3Verdict(symptom: Symptom): Verdict | null {
  const { responseCode, reply, stage, code, libraryCode } = symptom;
  switch (responseCode) {
    case 'IN-USE':
      // Dovecot says [IN-USE] for its connection limit as well (61b).
      return saysAny(reply, ['maximum number of connections'])
        ? transient('server-busy', 'mailbox')
        : transient('mailbox-locked', 'mailbox');
    case 'LOGIN-DELAY':
      return transient('server-busy', 'mailbox');
    case 'SYS/TEMP':
      return temporary(symptom);
    case 'SYS/PERM':
      return permanent('server-refused', 'profile');
    case 'AUTH':
      return refusedSignIn(reply);
    default:
  }
  if (code === 'ETIMEDOUT' || code === 'DEADLINE') return silence(symptom);
  if (libraryCode !== 'ERROR_REPLY' && libraryCode !== 'EAUTH' && libraryCode !== 'ERESPONSE')
    return null;
  if (reply === '') return null;
  if (stage === 'greeting') {
    return saysAny(reply, TOO_MANY)
      ? transient('server-busy', 'profile')
      : transient('server-refused', 'profile');
  }
  if (stage === 'authenticate') return refusedSignIn(reply);
  return transient('mailbox-store-broken', 'mailbox');
}

/** PASS opens the maildrop: the same code stands for the login service and for the store behind it. */
function temporary({ reply, stage }: Symptom): Verdict {
  if (saysAny(reply, TOO_MANY)) return transient('server-busy', 'profile');
  return stage === 'greeting' || stage === 'tls' || saysAny(reply, ['authentication', 'login'])
    ? transient('server-unavailable', 'profile')
    : transient('mailbox-store-broken', 'mailbox');
}

/** Dovecot waits 10 s for another session's lock before it answers; until then it is silent (60). */
function silence({ stage }: Symptom): Verdict | null {
  return stage === 'authenticate'
    ? transient('timeout', 'mailbox', { hint: 'mailbox-may-be-locked' })
    : null;
}

function refusedSignIn(reply: string): Verdict {
  if (isPassing(reply)) return transient('server-unavailable', 'profile');
  if (isExpiredPassword(reply)) return permanent('password-expired', 'mailbox');
  if (saysAny(reply, ['disabled', 'suspended'])) return permanent('account-disabled', 'mailbox');
  const hint = wantsApplicationPassword(reply) ? { hint: 'application-password' as const } : {};
  return permanent('credentials-rejected', 'mailbox', hint);
}
