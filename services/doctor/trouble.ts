import type { Localized } from '../domain/language.ts';
import type { AppError, ErrorCode } from '../observability/index.ts';
import type { Finding } from './check.ts';

interface Trouble {
  readonly found: Localized;
  readonly next: Localized;
}

const TROUBLES: Partial<Record<ErrorCode, Trouble>> = {
  'dynamics-unreachable': {
    found: { en: 'Dynamics 365 does not answer', sv: 'Dynamics 365 svarar inte' },
    next: {
      en: 'Open DATAVERSE_URL in a browser on this machine. Is the address right, and does a firewall or proxy let this machine out on port 443?',
      sv: 'Öppna DATAVERSE_URL i en webbläsare på den här datorn. Stämmer adressen, och släpper brandvägg eller proxy ut datorn på port 443?',
    },
  },
  'dynamics-sign-in-refused': {
    found: {
      en: 'Dynamics 365 does not accept who is asking',
      sv: 'Dynamics 365 godtar inte den som frågar',
    },
    next: {
      en: 'Is DATAVERSE_URL an organization of the tenant MicrosoftAppTenantId? Is there an application user for DATAVERSE_CLIENT_ID, and is it active (docs/dynamics-365.md, chapter 2)? On-premises: are DATAVERSE_USER and DATAVERSE_PASSWORD right, and is the account not locked?',
      sv: 'Hör DATAVERSE_URL till klientorganisationen MicrosoftAppTenantId? Finns det en programanvändare för DATAVERSE_CLIENT_ID, och är den aktiv (docs/dynamics-365.md, kapitel 2)? Lokalt installerat: stämmer DATAVERSE_USER och DATAVERSE_PASSWORD, och är kontot inte låst?',
    },
  },
  'dynamics-busy': {
    found: { en: 'Dynamics 365 asks for patience', sv: 'Dynamics 365 ber om tålamod' },
    next: {
      en: 'Something else uses the same application user heavily. Give the bot one of its own, and run this again in five minutes.',
      sv: 'Något annat använder samma programanvändare flitigt. Ge boten en egen, och kör om det här om fem minuter.',
    },
  },
  'sign-in-unavailable': {
    found: {
      en: 'The Azure Bot does not know this OAuth connection, or its token service does not answer',
      sv: 'Azure Bot känner inte till OAuth-anslutningen, eller så svarar inte dess tokentjänst',
    },
    next: {
      en: 'Compare OAUTH_CONNECTION_NAME with portal.azure.com ▸ the Azure Bot ▸ Configuration ▸ OAuth connection settings: the name, letter by letter.',
      sv: 'Jämför OAUTH_CONNECTION_NAME med portal.azure.com ▸ Azure Bot ▸ Configuration ▸ OAuth connection settings: namnet, bokstav för bokstav.',
    },
  },
  'entra-unreachable': {
    found: { en: 'The token service does not answer', sv: 'Tokentjänsten svarar inte' },
    next: {
      en: 'Does a firewall or proxy let this machine reach the token service on port 443? With a managed identity: is this the Azure machine that has it?',
      sv: 'Släpper brandvägg eller proxy fram den här datorn till tokentjänsten på port 443? Med hanterad identitet: är det här den Azure-dator som har den?',
    },
  },
};

/** The codes of Microsoft's page that settings cause; any other is looked up at the address below. */
const ENTRA_CODES: Readonly<Record<string, Localized>> = {
  AADSTS700016: {
    en: 'No application DATAVERSE_CLIENT_ID in this tenant: compare it and MicrosoftAppTenantId with the registration’s overview.',
    sv: 'Programmet DATAVERSE_CLIENT_ID finns inte i klientorganisationen: jämför det och MicrosoftAppTenantId med registreringens översikt.',
  },
  AADSTS7000215: {
    en: 'The secret is wrong. Is it the secret’s value, and not its id?',
    sv: 'Hemligheten är fel. Är det hemlighetens värde och inte dess id?',
  },
  AADSTS7000222: {
    en: 'The secret has expired: make a new one under Certificates & secrets.',
    sv: 'Hemligheten har gått ut: skapa en ny under Certificates & secrets.',
  },
  AADSTS90002: {
    en: 'There is no tenant MicrosoftAppTenantId in this cloud.',
    sv: 'Klientorganisationen MicrosoftAppTenantId finns inte i det här molnet.',
  },
  AADSTS500011: {
    en: 'The tenant does not know the organization at DATAVERSE_URL: is it of another tenant?',
    sv: 'Klientorganisationen känner inte till organisationen på DATAVERSE_URL: hör den till en annan?',
  },
};

/** What a broken machine, as opposed to a refusal, comes to. */
export function troubleFound({ code, detail }: AppError): Finding {
  if (code === 'entra-refused') return refusedByEntra(detail);
  const trouble = TROUBLES[code];
  const { en, sv } = trouble?.found ?? { en: code, sv: code };
  return {
    outcome: 'failed',
    found: { en: `${en} (${detail}).`, sv: `${sv} (${detail}).` },
    ...(trouble !== undefined && { next: trouble.next }),
  };
}

function refusedByEntra(detail: string): Finding {
  const code = /\bAADSTS\d+/.exec(detail)?.[0] ?? '';
  const address = `https://login.microsoftonline.com/error?code=${code.slice('AADSTS'.length)}`;
  const { en = address, sv = address } = ENTRA_CODES[code] ?? {};
  return {
    outcome: 'failed',
    found: {
      en: `The token service refuses (${detail}).`,
      sv: `Tokentjänsten säger nej (${detail}).`,
    },
    ...(code !== '' && { next: { en, sv } }),
  };
}
