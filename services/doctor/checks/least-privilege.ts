import type { Check } from '../check.ts';
import { heldPrivileges } from '../held-privileges.ts';

const SHOWN = 3;

/** What the bot does not need is what somebody who steals its secret gets for nothing. */
export const leastPrivilege: Check = {
  id: 'least-privilege',
  title: {
    en: 'No more than reading',
    sv: 'Inte mer än att läsa',
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
    const more = held.privileges.filter(({ name }) => !name.startsWith('prvRead'));
    const reads = held.privileges.length - more.length;
    if (more.length === 0) {
      return {
        outcome: 'ok',
        found: { en: `${reads} privileges to read.`, sv: `${reads} privilegier att läsa.` },
      };
    }
    const some = more.slice(0, SHOWN).map(({ name }) => name);
    return {
      outcome: 'warning',
      found: {
        en: `Besides reading it has ${more.length} privileges, ${some.join(', ')} among them.`,
        sv: `Utöver att läsa har den ${more.length} privilegier, bland dem ${some.join(', ')}.`,
      },
      next: {
        en: 'Take every role but Mailbox Medic reader from the application user, System Administrator first.',
        sv: 'Ta bort alla roller utom Mailbox Medic reader från programanvändaren, System Administrator först.',
      },
    };
  },
};
