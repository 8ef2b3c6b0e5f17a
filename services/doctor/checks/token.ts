import { microsoftCloudOf } from '../../domain/dataverse-address.ts';
import type { Localized } from '../../domain/language.ts';
import type { Check } from '../check.ts';

const CREDENTIALS: Readonly<Record<'secret' | 'certificate' | 'managed-identity', Localized>> = {
  secret: { en: 'a client secret', sv: 'en klienthemlighet' },
  certificate: { en: 'a certificate', sv: 'ett certifikat' },
  'managed-identity': { en: 'a managed identity', sv: 'en hanterad identitet' },
};

export const token: Check = {
  id: 'token',
  title: { en: 'Token for Dynamics 365', sv: 'Token till Dynamics 365' },
  needs: ['engine'],
  async look({ organization, application, tokens }, signal) {
    if (tokens === null) {
      return {
        outcome: 'ok',
        found: {
          en: 'None is needed: Windows (NTLM) signs each connection in.',
          sv: 'Ingen behövs: Windows (NTLM) loggar in varje anslutning.',
        },
      };
    }
    await tokens.token(signal);
    if (application === null || organization?.kind !== 'dataverse') {
      return {
        outcome: 'ok',
        found: {
          en: 'AD FS gave one for the bot’s account.',
          sv: 'AD FS gav en för botens konto.',
        },
      };
    }
    const { en, sv } = CREDENTIALS[application.credential.kind];
    const { host } = new URL(microsoftCloudOf(organization.url)?.authority ?? '');
    const where = application.credential.kind === 'managed-identity' ? 'Azure' : host;
    return {
      outcome: 'ok',
      found: { en: `Given by ${where} for ${en}.`, sv: `Given av ${where} för ${sv}.` },
    };
  },
};
