import type { Localized } from '../domain/language.ts';
import type { InspectedAnswer } from '../sync-engine/index.ts';
import type { Finding } from './check.ts';

const PRIVILEGE = /\bprv[A-Z]\w+/;

const NOT_A_MEMBER = '0x80072560';
const NO_ROLES = '0x80042f09';
const DISABLED = '0x80040225';

const APPLICATION_USERS: Localized = {
  en: 'Power Platform admin center ▸ Manage ▸ Environments ▸ the environment ▸ Settings ▸ Users + permissions ▸ Application users',
  sv: 'Power Platform admin center ▸ Manage ▸ Environments ▸ miljön ▸ Settings ▸ Users + permissions ▸ Application users',
};

/** Why Dynamics 365 did not answer 200, and where that is put right; its own words are not repeated. */
export function refused({ status, refusal }: InspectedAnswer): Finding {
  const { code, message } = refusal;
  const seen = `${status} ${code}`.trimEnd();
  const privilege = PRIVILEGE.exec(message)?.[0];
  switch (code.toLowerCase()) {
    case NOT_A_MEMBER:
      return failed(
        seen,
        {
          en: 'The application is no user of this organization',
          sv: 'Programmet är ingen användare i organisationen',
        },
        {
          en: `Add it: ${APPLICATION_USERS.en} ▸ New app user, with the role Mailbox Medic reader.`,
          sv: `Lägg till det: ${APPLICATION_USERS.sv} ▸ New app user, med rollen Mailbox Medic reader.`,
        },
      );
    case NO_ROLES:
      return failed(
        seen,
        {
          en: 'The application user has no security role',
          sv: 'Programanvändaren har ingen säkerhetsroll',
        },
        {
          en: `${APPLICATION_USERS.en} ▸ the user ▸ Edit security roles ▸ Mailbox Medic reader (npm run package:role makes the file to import).`,
          sv: `${APPLICATION_USERS.sv} ▸ användaren ▸ Edit security roles ▸ Mailbox Medic reader (npm run package:role gör filen att importera).`,
        },
      );
    case DISABLED:
      return failed(
        seen,
        { en: 'The application user is disabled', sv: 'Programanvändaren är inaktiverad' },
        {
          en: `${APPLICATION_USERS.en} ▸ the user ▸ Activate.`,
          sv: `${APPLICATION_USERS.sv} ▸ användaren ▸ Activate.`,
        },
      );
    default:
      return privilege === undefined
        ? failed(seen, { en: 'Dynamics 365 refuses', sv: 'Dynamics 365 säger nej' })
        : failed(
            seen,
            { en: `${privilege} is missing`, sv: `${privilege} saknas` },
            howToGrant(privilege),
          );
  }
}

export function howToGrant(privilege: string): Localized {
  const role =
    'Power Platform admin center ▸ Settings ▸ Users + permissions ▸ Security roles ▸ Mailbox Medic reader';
  return {
    en: `${role}: find ${privilege}, or the table that it is named after, and set Read to Organization.`,
    sv: `${role}: leta upp ${privilege}, eller tabellen som den heter efter, och sätt Read till Organization.`,
  };
}

function failed(seen: string, { en, sv }: Localized, next?: Localized): Finding {
  return {
    outcome: 'failed',
    found: { en: `${en} (${seen}).`, sv: `${sv} (${seen}).` },
    ...(next !== undefined && { next }),
  };
}
