import type { Check } from '../check.ts';

/** Tokens and the times of alerts are compared with this machine's clock. */
const NOTEWORTHY_S = 60;
/** What Kerberos, NTLM and tokens allow for. */
const MOST_S = 300;

export const clock: Check = {
  id: 'clock',
  title: { en: 'Clock', sv: 'Klocka' },
  needs: ['organization'],
  async look(patient, signal) {
    // Asked anew: the answer that is kept may be a minute old.
    const before = patient.scheduler.now();
    const { headers } = await patient.get('WhoAmI', signal);
    const between = (before + patient.scheduler.now()) / 2;
    const theirs = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(theirs)) {
      return {
        outcome: 'not-checked',
        found: {
          en: 'Dynamics 365 did not say what time it is.',
          sv: 'Dynamics 365 sade inte vad klockan är.',
        },
      };
    }
    const seconds = Math.round(Math.abs(between - theirs) / 1000);
    const found = {
      en: `This machine and Dynamics 365 differ by ${seconds} s.`,
      sv: `Den här datorn och Dynamics 365 skiljer sig med ${seconds} s.`,
    };
    if (seconds <= NOTEWORTHY_S) return { outcome: 'ok', found };
    return {
      outcome: seconds > MOST_S ? 'failed' : 'warning',
      found,
      next: {
        en: 'Let this machine set its clock by NTP.',
        sv: 'Låt den här datorn ställa klockan med NTP.',
      },
    };
  },
};
