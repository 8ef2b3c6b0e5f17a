import type { Localized } from '../../domain/language.ts';
import type { Patient } from '../patient.ts';
import type { Assumption, Observation } from './assumption.ts';

const how = ({ organization, application }: Patient): string =>
  organization?.kind === 'dataverse-on-premises'
    ? organization.signIn.kind
    : (application?.credential.kind ?? '');

/** Each way to sign in is proved by an installation that uses it. */
function wayToSignIn(id: string, kind: string, assumed: Localized): Assumption {
  return {
    id,
    assumed,
    needs: ['engine'],
    async observe(patient, _signal, found): Promise<Observation> {
      const own = how(patient);
      if (own !== kind) {
        return {
          verdict: 'open',
          seen: { en: `This bot signs in by ${own}.`, sv: `Den här boten loggar in med ${own}.` },
        };
      }
      const user = found.get('organization');
      return {
        verdict: user?.outcome === 'ok' ? 'confirmed' : 'refuted',
        seen: user?.outcome === 'ok' ? IN : (user?.found ?? IN),
      };
    },
  };
}

const IN: Localized = { en: 'WhoAmI answers.', sv: 'WhoAmI svarar.' };

export const WAYS_TO_SIGN_IN: readonly Assumption[] = [
  wayToSignIn('secret', 'secret', {
    en: 'A client secret gets the application user in.',
    sv: 'En klienthemlighet släpper in programanvändaren.',
  }),
  wayToSignIn('certificate', 'certificate', {
    en: 'A certificate gets the application user in.',
    sv: 'Ett certifikat släpper in programanvändaren.',
  }),
  wayToSignIn('managed-identity', 'managed-identity', {
    en: 'A managed identity of Azure gets the application user in.',
    sv: 'En hanterad identitet i Azure släpper in programanvändaren.',
  }),
  wayToSignIn('adfs', 'adfs', {
    en: 'AD FS gives the bot’s account a token that Dynamics 365 on-premises takes.',
    sv: 'AD FS ger botens konto en token som Dynamics 365 lokalt installerat tar emot.',
  }),
  wayToSignIn('ntlm', 'ntlm', {
    en: 'Windows signs the bot’s account in to Dynamics 365 on-premises, over TLS with channel binding.',
    sv: 'Windows loggar in botens konto i Dynamics 365 lokalt installerat, över TLS med kanalbindning.',
  }),
];
