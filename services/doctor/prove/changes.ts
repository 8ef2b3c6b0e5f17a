import type { Assumption } from './assumption.ts';

const TRACKED = ['odata.track-changes', 'odata.maxpagesize=1'];
/** As the documentation prints one: of another organization, and years too old. */
const OLD_TOKEN = encodeURIComponent('919042!08/22/2017 08:10:44');

export const changeTracking: Assumption = {
  id: 'change-tracking',
  assumed: {
    en: 'Where changes of mailboxes are tracked, a reading says how to go on; where not, it is refused with 400.',
    sv: 'Där ändringar av postlådor spåras säger en läsning hur man går vidare; annars nekas den med 400.',
  },
  needs: ['table.mailbox'],
  async observe(patient, signal, found) {
    const isOn = found.get('change-tracking.mailbox')?.outcome === 'ok';
    const path = 'mailboxes?$select=mailboxid';
    const { status, body, refusal } = await patient.get(path, signal, TRACKED);
    const goesOn = '@odata.deltaLink' in body || '@odata.nextLink' in body;
    const asExpected = isOn ? status === 200 && goesOn : status === 400;
    const seen = `ChangeTrackingEnabled ${isOn}: ${status} ${refusal.code}`.trimEnd();
    return { verdict: asExpected ? 'confirmed' : 'refuted', seen: { en: seen, sv: seen } };
  },
};

export const expiredToken: Assumption = {
  id: 'expired-token',
  assumed: {
    en: 'A change token that is too old is refused with 400 or 410, and nothing is lost without a word.',
    sv: 'Ett ändringstoken som är för gammalt nekas med 400 eller 410, och inget går förlorat i tysthet.',
  },
  needs: ['table.mailbox'],
  async observe(patient, signal) {
    const path = `mailboxes?$select=mailboxid&$deltatoken=${OLD_TOKEN}`;
    const { status, refusal } = await patient.get(path, signal, ['odata.maxpagesize=1']);
    const seen = `${status} ${refusal.code}`.trimEnd();
    return {
      verdict: status === 400 || status === 410 ? 'confirmed' : 'refuted',
      seen: { en: seen, sv: seen },
    };
  },
};
