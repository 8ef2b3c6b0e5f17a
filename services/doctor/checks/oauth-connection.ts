import type { Localized } from '../../domain/language.ts';
import type { Check } from '../check.ts';

const WHERE: Localized = {
  en: 'portal.azure.com ▸ the Azure Bot ▸ Configuration ▸ OAuth connection settings',
  sv: 'portal.azure.com ▸ Azure Bot ▸ Configuration ▸ OAuth connection settings',
};

/** With it people sign in to Dynamics 365, and approve and test as themselves. */
export const oauthConnection: Check = {
  id: 'oauth-connection',
  title: { en: 'OAuth connection', sv: 'OAuth-anslutning' },
  needs: ['engine', 'bot'],
  async look({ config, organization, connection }) {
    const { oauthConnection: name, bot } = config;
    if (organization?.kind === 'dataverse-on-premises') {
      return {
        outcome: 'not-checked',
        found: {
          en: 'Not checked, because on-premises is only read: nobody signs in.',
          sv: 'Inte kontrollerat, eftersom lokalt installerat bara läses: ingen loggar in.',
        },
      };
    }
    if (name === null || connection === null) {
      return {
        outcome: 'warning',
        found: {
          en: 'OAUTH_CONNECTION_NAME is not set: nobody can approve, test or change anything in Dynamics 365 from Teams.',
          sv: 'OAUTH_CONNECTION_NAME är inte satt: ingen kan godkänna, testa eller ändra något i Dynamics 365 från Teams.',
        },
        next: {
          en: `${WHERE.en} (docs/dynamics-365.md, chapter 3).`,
          sv: `${WHERE.sv} (docs/dynamics-365.md, kapitel 3).`,
        },
      };
    }
    const { exchange } = await connection();
    const wanted = `api://botid-${bot.appId}`;
    if (exchange?.uri === wanted) {
      return {
        outcome: 'ok',
        found: {
          en: `${name}; people are signed in without a page of their own.`,
          sv: `${name}; folk loggas in utan egen sida.`,
        },
      };
    }
    return {
      outcome: 'warning',
      found: {
        en: `${name} has ${exchange === undefined ? 'no' : 'another'} Token Exchange URL: everybody gets a sign-in page.`,
        sv: `${name} har ${exchange === undefined ? 'ingen' : 'en annan'} Token Exchange URL: alla får en inloggningssida.`,
      },
      next: {
        en: `${WHERE.en} ▸ ${name} ▸ Token Exchange URL: ${wanted}`,
        sv: `${WHERE.sv} ▸ ${name} ▸ Token Exchange URL: ${wanted}`,
      },
    };
  },
};
