import type { FailureScope } from '../../domain/failure.ts';
import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';
import { isExpiredPassword, saysAny, TOO_MANY, wantsApplicationPassword } from './wording.ts';

/** Enhanced codes (RFC 3463, without the class) that mean the same in whatever answer they stand. */
const BY_DETAIL: Readonly<Record<string, Verdict>> = {
  // Exchange Online: SMTP AUTH off for the tenant or the mailbox; basic authentication gone; not signed in.
  '7.139': permanent('authentication-disabled', 'mailbox', { hint: 'smtp-auth-switched-off' }),
  '7.30': permanent('authentication-disabled', 'mailbox', { hint: 'smtp-auth-switched-off' }),
  '7.57': permanent('authentication-disabled', 'mailbox', { hint: 'smtp-auth-switched-off' }),
  '7.9': permanent('credentials-rejected', 'mailbox', { hint: 'application-password' }),
  '7.60': permanent('permission-denied', 'mailbox'),
  '7.11': permanent('tls-required', 'profile'),
};

export function smtpVerdict(symptom: Symptom): Verdict | null {
  const { status, stage, libraryCode } = symptom;
  // Permanent whatever the reply: a retry would reach the accepted recipients twice.
  if (libraryCode === 'PARTLY_DELIVERED') {
    return permanent('recipient-rejected', 'email', { hint: 'partly-delivered' });
  }
  // nodemailer's own refusal, from the SIZE that the server announced.
  if (status === null && libraryCode === 'EMESSAGE')
    return permanent('message-too-large', messageScope(symptom));
  if (status === null) return lostInTransfer(symptom);
  // 4yz passes, always, even where nodemailer says EAUTH (lesson 5).
  if (status >= 400 && status < 500) return notNow(symptom);
  if (status < 500) return null;
  if (stage === 'authenticate' || libraryCode === 'EAUTH') return refusedSignIn(symptom);
  if (libraryCode === 'EENVELOPE') return refusedEnvelope(symptom);
  if (libraryCode === 'EMESSAGE') return refusedMessage(symptom);
  return permanent('server-refused', 'profile');
}

function notNow(symptom: Symptom): Verdict {
  const { status, reply, stage, libraryCode } = symptom;
  const detail = detailOf(symptom);
  const isBusy =
    status === 421 || status === 432 || detail === '3.2' || detail === '7.28' || detail === '4.5';
  if (isBusy || saysAny(reply, TOO_MANY)) {
    // 432 counts the connections of one mailbox; 421 those of the server.
    return transient('server-busy', status === 432 ? 'mailbox' : 'profile');
  }
  if (libraryCode === 'EENVELOPE' && stage !== 'authenticate') {
    return transient(
      detail === '2.2' ? 'quota-exceeded' : 'recipient-rejected',
      messageScope(symptom),
    );
  }
  return transient('server-unavailable', 'profile');
}

function refusedSignIn(symptom: Symptom): Verdict {
  const { reply, status } = symptom;
  const known = BY_DETAIL[detailOf(symptom)];
  if (known) return known;
  if (isExpiredPassword(reply)) return permanent('password-expired', 'mailbox');
  if (wantsApplicationPassword(reply)) {
    return permanent('credentials-rejected', 'mailbox', { hint: 'application-password' });
  }
  if (saysAny(reply, ['account disabled', 'account is disabled', 'suspended'])) {
    return permanent('account-disabled', 'mailbox');
  }
  // AUTH not known, or not with any method of ours.
  if (status === 500 || status === 502 || status === 503 || status === 504) {
    return permanent('unsupported-configuration', 'profile');
  }
  // Postfix passes a failed login service on as 535 5.7.8, word for word a wrong password's (05).
  // Only a reply that names the password itself is beyond doubt.
  const isCertain = saysAny(reply, [
    'username and password',
    'user name and password',
    'invalid password',
    'wrong password',
  ]);
  return permanent(
    'credentials-rejected',
    'mailbox',
    isCertain ? {} : { needsConfirmation: true, hint: 'may-be-outage' },
  );
}

function refusedEnvelope(symptom: Symptom): Verdict {
  const detail = detailOf(symptom);
  const isTest = symptom.purpose === 'test';
  const known = BY_DETAIL[detail];
  if (known) return known;
  if (detail === '2.2') return permanent('quota-exceeded', messageScope(symptom));
  if (detail === '3.4') return permanent('message-too-large', messageScope(symptom));
  if (symptom.command === 'MAIL FROM') return permanent('permission-denied', 'mailbox');
  if (detail === '2.1')
    return permanent(isTest ? 'account-disabled' : 'recipient-rejected', messageScope(symptom));
  // The test writes to the mailbox itself: an unknown recipient is an unknown mailbox.
  if (detail === '1.1')
    return permanent(isTest ? 'mailbox-not-found' : 'recipient-rejected', messageScope(symptom));
  return permanent('recipient-rejected', messageScope(symptom));
}

function refusedMessage(symptom: Symptom): Verdict {
  const known = BY_DETAIL[detailOf(symptom)];
  if (known) return known;
  if (saysAny(symptom.reply, ['sendasdenied'])) return permanent('permission-denied', 'mailbox');
  switch (detailOf(symptom)) {
    case '3.4':
      return permanent('message-too-large', messageScope(symptom));
    case '2.2':
      return permanent('quota-exceeded', messageScope(symptom));
    default:
      return permanent('server-refused', messageScope(symptom));
  }
}

/** A connection lost in DATA looks the same whether the message was taken or not (6c, 6d). */
function lostInTransfer({ stage, code }: Symptom): Verdict | null {
  const isLost = ['ECONNRESET', 'ECONNECTION', 'EPIPE', 'CONNECTION_CLOSED'].includes(code);
  return stage === 'exchange' && isLost
    ? transient('connection-lost', 'profile', { hint: 'may-have-been-delivered' })
    : null;
}

/** The message's own trouble, except in a test: that is addressed to the mailbox itself. */
function messageScope({ purpose }: Symptom): FailureScope {
  return purpose === 'test' ? 'mailbox' : 'email';
}

function detailOf({ enhancedStatus }: Symptom): string {
  return enhancedStatus?.slice(2) ?? '';
}
