import { codelessSignIn, signInWords } from './sign-in-words.ts';
import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';
import { saysAny, TOO_MANY } from './wording.ts';

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
      // Gmail's code for an account whose owner has not switched POP on.
      return signInWords(symptom) ?? permanent('server-refused', 'profile');
    case 'AUTH':
      return refusedSignIn(symptom);
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
  if (stage === 'authenticate') return codelessSignIn(symptom) ?? refusedSignIn(symptom);
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

function refusedSignIn(symptom: Symptom): Verdict {
  const said = signInWords(symptom);
  if (said) return said;
  // Dovecot's administrators write the reason themselves: "Account_disabled", "Mailbox disabled".
  return saysAny(symptom.reply, ['disabled'])
    ? permanent('account-disabled', 'mailbox')
    : permanent('credentials-rejected', 'mailbox');
}
