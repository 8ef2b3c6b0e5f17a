import { detailOf, enhancedVerdict, isBusy, messageScope } from './enhanced-codes.ts';
import { namesThePassword, signInWords } from './sign-in-words.ts';
import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';
import { saysAny, TOO_MANY } from './wording.ts';

export function smtpVerdict(symptom: Symptom): Verdict | null {
  const { status, stage, libraryCode } = symptom;
  // Permanent whatever the reply: a retry would reach the accepted recipients twice.
  if (libraryCode === 'PARTLY_DELIVERED') {
    return permanent('recipient-rejected', 'email', { hint: 'partly-delivered' });
  }
  // nodemailer's own refusal, from the SIZE that the server announced.
  if (status === null && libraryCode === 'EMESSAGE')
    return permanent('message-too-large', messageScope(symptom));
  // Its own as well: the server names methods, and none is ours.
  if (status === null && libraryCode === 'EAUTH')
    return permanent('unsupported-configuration', 'profile');
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
  // "Connection dropped" and "timeout": the server gave up waiting, and says so politely.
  if (detailOf(symptom) === '4.2' && !saysAny(reply, TOO_MANY)) {
    return transient('connection-lost', 'profile');
  }
  const isSignIn = stage === 'authenticate';
  if (isBusy(symptom) || saysAny(reply, TOO_MANY)) {
    // 432 counts the connections of one mailbox, and so does who counts sign-ins; 421 those of the server.
    return transient(
      'server-busy',
      status === 432 || (isSignIn && status !== 421) ? 'mailbox' : 'profile',
    );
  }
  // RCPT speaks of the recipient, MAIL of the server; a full disk (4.3.1) is the server's in both.
  const isRecipient = symptom.command === 'RCPT TO' && detailOf(symptom) !== '3.1';
  if (libraryCode === 'EENVELOPE' && isRecipient) {
    return transient(
      detailOf(symptom) === '2.2' ? 'quota-exceeded' : 'recipient-rejected',
      messageScope(symptom),
    );
  }
  if (libraryCode === 'EMESSAGE' && detailOf(symptom) === '2.2') {
    return transient('quota-exceeded', messageScope(symptom));
  }
  return transient('server-unavailable', 'profile');
}

function refusedSignIn(symptom: Symptom): Verdict {
  const { reply, status } = symptom;
  // The words first: Outlook.com gives one code, 5.7.139, to a wrong password and to four policies.
  const said = signInWords(symptom);
  if (said) return said;
  // Postfix passes a failed login service on as 535 5.7.8, word for word a wrong password's (05).
  // Only a reply that names the password itself is beyond doubt.
  if (namesThePassword(reply)) return permanent('credentials-rejected', 'mailbox');
  const known = enhancedVerdict(symptom, 'sign-in');
  if (known) return known;
  // AUTH not known, or not with any method of ours.
  if (status === 500 || status === 502 || status === 503 || status === 504) {
    return permanent('unsupported-configuration', 'profile');
  }
  return permanent('credentials-rejected', 'mailbox', {
    needsConfirmation: true,
    hint: 'may-be-outage',
  });
}

function refusedEnvelope(symptom: Symptom): Verdict {
  const known = enhancedVerdict(symptom, 'envelope');
  if (known) return known;
  if (symptom.command === 'MAIL FROM') return permanent('permission-denied', 'mailbox');
  return permanent('recipient-rejected', messageScope(symptom));
}

function refusedMessage(symptom: Symptom): Verdict {
  if (saysAny(symptom.reply, ['sendasdenied'])) return permanent('permission-denied', 'mailbox');
  return enhancedVerdict(symptom, 'message') ?? permanent('server-refused', messageScope(symptom));
}

/** A connection lost in DATA looks the same whether the message was taken or not (6c, 6d). */
function lostInTransfer({ stage, code }: Symptom): Verdict | null {
  const isLost = ['ECONNRESET', 'ECONNECTION', 'EPIPE', 'CONNECTION_CLOSED'].includes(code);
  return stage === 'exchange' && isLost
    ? transient('connection-lost', 'profile', { hint: 'may-have-been-delivered' })
    : null;
}
