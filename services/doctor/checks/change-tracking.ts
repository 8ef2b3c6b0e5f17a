import type { Check } from '../check.ts';
import { refused } from '../refused.ts';

/** Tables that the engine follows; where tracking is off it asks by the moment of the last change. */
const FOLLOWED = ['mailbox', 'emailserverprofile'] as const;

export const CHANGE_TRACKING: readonly Check[] = FOLLOWED.map((table) => ({
  id: `change-tracking.${table}`,
  title: { en: `Change tracking of ${table}`, sv: `Ändringsspårning av ${table}` },
  needs: [`table.${table}`],
  async look(patient, signal) {
    const path = `EntityDefinitions(LogicalName='${table}')?$select=ChangeTrackingEnabled`;
    const answer = await patient.get(path, signal);
    if (answer.status !== 200) return { ...refused(answer), outcome: 'warning' };
    if (answer.body.ChangeTrackingEnabled === true) {
      return { outcome: 'ok', found: { en: 'on.', sv: 'på.' } };
    }
    return {
      outcome: 'warning',
      found: {
        en: 'off: each minute the bot asks for rows that were modified since, and each hour for all of them, to see what was deleted. Nothing is missed; it costs more requests.',
        sv: 'av: varje minut frågar boten efter rader som ändrats sedan sist, och varje timme efter alla, för att se vad som tagits bort. Inget missas; det kostar fler frågor.',
      },
      next: {
        en: `If you want it: make.powerapps.com ▸ Tables ▸ ${table} ▸ Properties ▸ Advanced options ▸ Track changes. It cannot be turned off again.`,
        sv: `Om du vill ha det: make.powerapps.com ▸ Tables ▸ ${table} ▸ Properties ▸ Advanced options ▸ Track changes. Det går inte att stänga av igen.`,
      },
    };
  },
}));
