import { heldPrivileges } from '../held-privileges.ts';
import type { Assumption } from './assumption.ts';

export const privilegeNames: Assumption = {
  id: 'privilege-names',
  assumed: {
    en: 'RetrieveUserPrivileges names each privilege and how far it reaches: by that the bot knows who may approve.',
    sv: 'RetrieveUserPrivileges nämner varje privilegium och hur långt det räcker: på det vet boten vem som får godkänna.',
  },
  needs: ['organization'],
  async observe(patient, signal) {
    const held = await heldPrivileges(patient, signal);
    if (held.kind === 'unknown') {
      return {
        verdict: held.seen === 'no names' ? 'refuted' : 'open',
        seen: { en: held.seen, sv: held.seen },
      };
    }
    const depths = [...new Set(held.privileges.map(({ depth }) => depth))].join(', ');
    const seen = `${held.privileges.length}: ${depths}`;
    return { verdict: 'confirmed', seen: { en: seen, sv: seen } };
  },
};
