/** Alerts as Dynamics 365 shows them, about mailboxes of the test's registry. */
export const CREDENTIALS_ALERT = {
  en: credentialsAlertFor('Erik Ek'),
  sv:
    'E-post kan inte tas emot eftersom de referenser som angetts i associerad e-postserverprofil är ' +
    'felaktiga eller inte har tillräcklig behörighet för Ta emot e-post. Postlådan Erik Ek har ' +
    'inaktiverats för att ta emot e-post och ägaren till e-postserverprofilen Contoso IMAP har ' +
    'underrättats.',
} as const;

export const APPROVAL_ALERT =
  'Email cannot be received for the mailbox Kundtjänst because the email address of the mailbox ' +
  'Kundtjänst is not approved and the mailbox has been disabled. The owner of the associated email ' +
  'server profile Contoso IMAP has been notified.';

export function credentialsAlertFor(mailbox: string): string {
  return (
    'Email cannot be received because the credentials specified in the associated email server ' +
    'profile are incorrect or have insufficient permissions for receiving email. The mailbox ' +
    `${mailbox} has been disabled for receiving email and the owner of the email server profile ` +
    'Contoso IMAP has been notified.'
  );
}
