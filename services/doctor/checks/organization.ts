import type { Check } from '../check.ts';
import { refused } from '../refused.ts';

const VERSION = /^\d+(?:\.\d+){1,3}$/;
const DETAILS =
  "RetrieveCurrentOrganization(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'";

export const organization: Check = {
  id: 'organization',
  title: {
    en: 'Application user',
    sv: 'Programanvändare',
  },
  needs: ['token'],
  async look(patient, signal) {
    const answer = await patient.whoAmI(signal);
    if (answer.status !== 200) return refused(answer);
    const id = String(answer.body.OrganizationId);
    const details = await patient.get(DETAILS, signal);
    const detail = details.body.Detail as { readonly OrganizationVersion?: unknown } | undefined;
    const version = detail?.OrganizationVersion;
    const isVersion = typeof version === 'string' && VERSION.test(version);
    const known = isVersion ? `, ${version}` : '';
    return {
      outcome: 'ok',
      found: {
        en: `known to the organization ${id}${known}.`,
        sv: `känd i organisationen ${id}${known}.`,
      },
    };
  },
};
