import type { Check } from '../check.ts';
import { refused } from '../refused.ts';

export const changeTracking: Check = {
  id: 'change-tracking',
  title: { en: 'Change tracking of mailboxes', sv: 'Ändringsspårning av postlådor' },
  needs: ['table.mailbox'],
  async look(patient, signal) {
    const path = "EntityDefinitions(LogicalName='mailbox')?$select=ChangeTrackingEnabled";
    const answer = await patient.get(path, signal);
    if (answer.status !== 200) return { ...refused(answer), outcome: 'warning' };
    if (answer.body.ChangeTrackingEnabled === true) {
      return { outcome: 'ok', found: { en: 'on.', sv: 'på.' } };
    }
    return {
      outcome: 'warning',
      found: {
        en: 'off: the bot asks for mailboxes that were modified, and for new alerts, every few minutes. Nothing is missed; it is told later, and a deleted mailbox later still.',
        sv: 'av: boten frågar med några minuters mellanrum efter ändrade postlådor och nya aviseringar. Inget missas; det berättas senare, och en borttagen postlåda ännu senare.',
      },
      next: {
        en: 'If you want it: make.powerapps.com ▸ Tables ▸ Mailbox ▸ Properties ▸ Advanced options ▸ Track changes. It cannot be turned off again.',
        sv: 'Om du vill ha det: make.powerapps.com ▸ Tables ▸ Mailbox ▸ Properties ▸ Advanced options ▸ Track changes. Det går inte att stänga av igen.',
      },
    };
  },
};
