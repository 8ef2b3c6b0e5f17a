import type { Localized } from '../../domain/language.ts';
import type { Check, Finding } from '../check.ts';
import { rolesInToken } from '../roles-in-token.ts';

/** The least that will do first; wider ones that include it after that. */
type Permission = readonly [least: string, ...wider: string[]];

const OF_THE_DIRECTORY: readonly Permission[] = [
  ['User.Read.All', 'Directory.Read.All'],
  ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', 'Directory.Read.All'],
  ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
];
const HEALTH: Permission = ['ServiceHealth.Read.All'];

const READING = /\.Read(?:Basic)?(?:\.\w+)*$/;

export const graph: Check = {
  id: 'graph',
  title: { en: 'Microsoft Graph', sv: 'Microsoft Graph' },
  needs: [],
  async look({ config, application, cloud, tokensFor }, signal) {
    if (application === null) {
      return {
        outcome: 'not-checked',
        found: {
          en: 'Not checked, because these settings name no application to ask it as.',
          sv: 'Inte kontrollerat, eftersom inställningarna inte nämner något program att fråga som.',
        },
      };
    }
    const token = await tokensFor(cloud.graph).token(signal);
    const given = rolesInToken(token);
    if (given === null) {
      return {
        outcome: 'not-checked',
        found: {
          en: 'There is a token, but it does not let its permissions be read.',
          sv: 'Det finns en token, men dess behörigheter går inte att läsa.',
        },
      };
    }
    const isGiven = (permission: Permission): boolean =>
      permission.some((each) => given.includes(each));
    const needed = config.directory.kind === 'graph' ? OF_THE_DIRECTORY : [];
    const missing = needed.filter((each) => !isGiven(each)).map(([least]) => least);
    const more = given.filter((each) => !READING.test(each));
    if (missing.length > 0) return lacking(missing);
    if (more.length > 0) return tooMuch(more);
    if (!isGiven(HEALTH)) return WITHOUT_HEALTH;
    const all = given.join(', ');
    return { outcome: 'ok', found: { en: `${all}.`, sv: `${all}.` } };
  },
};

const WHERE =
  'entra.microsoft.com ▸ App registrations ▸ DATAVERSE_CLIENT_ID ▸ API permissions ▸ Microsoft Graph ▸ Application permissions';

const give = (names: string): Localized => ({
  en: `${WHERE} ▸ ${names} ▸ Grant admin consent. It takes some minutes to be in new tokens.`,
  sv: `${WHERE} ▸ ${names} ▸ Grant admin consent. Det tar några minuter innan det märks i nya token.`,
});

function lacking(missing: readonly string[]): Finding {
  const names = missing.join(', ');
  return {
    outcome: 'failed',
    found: {
      en: `DIRECTORY=graph lacks ${names}: it is not known who may approve, so nobody may.`,
      sv: `DIRECTORY=graph saknar ${names}: det är okänt vem som får godkänna, så ingen får.`,
    },
    next: give(names),
  };
}

function tooMuch(more: readonly string[]): Finding {
  const names = more.join(', ');
  return {
    outcome: 'warning',
    found: {
      en: `It may do more than read: ${names}.`,
      sv: `Den får göra mer än att läsa: ${names}.`,
    },
    next: { en: `${WHERE} ▸ remove them.`, sv: `${WHERE} ▸ ta bort dem.` },
  };
}

const WITHOUT_HEALTH: Finding = {
  outcome: 'warning',
  found: {
    en: 'ServiceHealth.Read.All is not given: cards do not say whether Microsoft reports an incident.',
    sv: 'ServiceHealth.Read.All saknas: korten säger inte om Microsoft rapporterar en incident.',
  },
  next: give(HEALTH[0]),
};
