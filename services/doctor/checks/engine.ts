import type { Check } from '../check.ts';

export const engine: Check = {
  id: 'engine',
  title: { en: 'Engine', sv: 'Motor' },
  needs: [],
  async look({ config, organization }) {
    if (organization === null) {
      const { kind } = config.engine;
      return {
        outcome: 'not-checked',
        found: {
          en: `Not checked, because ENGINE=${kind} does not use Dynamics 365.`,
          sv: `Inte kontrollerat, eftersom ENGINE=${kind} inte använder Dynamics 365.`,
        },
      };
    }
    const { host } = organization.url;
    return organization.kind === 'dataverse'
      ? { outcome: 'ok', found: { en: `${host}.`, sv: `${host}.` } }
      : {
          outcome: 'warning',
          found: {
            en: `${host}, on-premises: it is only read, and that was never tried on a real one.`,
            sv: `${host}, lokalt installerad: den läses bara, och det är aldrig prövat på en riktig.`,
          },
          next: {
            en: 'Run this again with --prove and send us what it prints.',
            sv: 'Kör det här igen med --prove och skicka oss det som skrivs ut.',
          },
        };
  },
};
