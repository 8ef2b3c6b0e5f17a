import type { Check } from '../check.ts';
import { heldPrivileges } from '../held-privileges.ts';

/** A privilege with less reach does not refuse: rows of others are missing, and nobody is told. */
export const reach: Check = {
  id: 'reach',
  title: {
    en: 'Rows of the whole organization',
    sv: 'Hela organisationens rader',
  },
  needs: ['organization'],
  async look(patient, signal) {
    const held = await heldPrivileges(patient, signal);
    if (held.kind === 'unknown') {
      return {
        outcome: 'not-checked',
        found: {
          en: `Not checked, because Dynamics 365 does not list its privileges (${held.seen}).`,
          sv: `Inte kontrollerat, eftersom Dynamics 365 inte räknar upp dess privilegier (${held.seen}).`,
        },
      };
    }
    const short = held.privileges.filter(
      ({ name, depth }) => READS.has(name) && depth !== 'Global' && depth !== '',
    );
    if (short.length === 0) return { outcome: 'ok', found: { en: 'all of them.', sv: 'alla.' } };
    const names = short.map(({ name, depth }) => `${name} (${depth})`).join(', ');
    return {
      outcome: 'failed',
      found: {
        en: `Only some of them: ${names}. Mailboxes of others would be missing without a word.`,
        sv: `Bara en del: ${names}. Andras postlådor skulle saknas utan ett ord.`,
      },
      next: {
        en: 'Set Read to Organization for these in the role Mailbox Medic reader.',
        sv: 'Sätt Read till Organization för dem i rollen Mailbox Medic reader.',
      },
    };
  },
};

/** Of the tables whose rows belong to somebody. */
const READS = new Set([
  'prvReadMailbox',
  'prvReadEmailServerProfile',
  'prvReadUser',
  'prvReadQueue',
  'prvReadActivity',
]);
