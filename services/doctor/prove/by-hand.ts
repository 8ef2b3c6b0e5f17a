import type { Assumption } from './assumption.ts';

/** What only a change, or a person in Teams, can show: to be tried with a test mailbox. */
export const BY_HAND: readonly Assumption[] = [
  {
    id: 'approve-as-person',
    assumed: {
      en: 'An address is approved by the person who presses, with their own token.',
      sv: 'En adress godkänns av den som trycker, med den personens egen token.',
    },
    needs: [],
    byHand: {
      en: 'As Exchange administrator and System Administrator: Approve email on a test mailbox. Does its form show Approved, and does the audit name you?',
      sv: 'Som Exchange-administratör och System Administrator: Godkänn e-post på en testpostlåda. Visar formuläret Godkänd, och nämner granskningen dig?',
    },
  },
  {
    id: 'silent-no-op',
    assumed: {
      en: 'Dynamics 365 may answer “done” to an approval and change nothing; the bot reads again and says so.',
      sv: 'Dynamics 365 kan svara ”klart” på ett godkännande och inget ändra; boten läser om och säger det.',
    },
    needs: [],
    byHand: {
      en: 'As System Administrator who is neither Global nor Exchange administrator: Approve email on a mailbox of Exchange Online. Does the card say who may, and does the form still show Pending Approval?',
      sv: 'Som System Administrator utan att vara global administratör eller Exchange-administratör: Godkänn e-post på en postlåda i Exchange Online. Säger kortet vem som får, och visar formuläret fortfarande Väntar på godkännande?',
    },
  },
  {
    id: 'test-and-enable',
    assumed: {
      en: 'Test & enable runs when testemailconfigurationscheduled is set, and testmailboxaccesscompletedon tells its end.',
      sv: 'Testa och aktivera körs när testemailconfigurationscheduled sätts, och testmailboxaccesscompletedon säger när det är klart.',
    },
    needs: [],
    byHand: {
      en: 'Press Test & enable on a test mailbox, once with a wrong password. Does the card end with what the form says?',
      sv: 'Tryck Testa och aktivera på en testpostlåda, en gång med fel lösenord. Slutar kortet med det som formuläret säger?',
    },
  },
  {
    id: 'cancel-pending-send',
    assumed: {
      en: 'A message in Pending Send may be set to Canceled.',
      sv: 'Ett meddelande i Pending Send får sättas till Canceled.',
    },
    needs: [],
    byHand: {
      en: 'Deactivate a test mailbox, send from it in Dynamics 365, cancel the message from its card. Is it Canceled in Dynamics 365, and does it stay unsent when the mailbox is active again?',
      sv: 'Inaktivera en testpostlåda, skicka från den i Dynamics 365, avbryt meddelandet från kortet. Är det Canceled i Dynamics 365, och förblir det oskickat när postlådan är aktiv igen?',
    },
  },
  {
    id: 'own-writes-fire',
    assumed: {
      en: 'Server-side synchronization fires the webhook when it disables a mailbox (polling finds it in any case).',
      sv: 'Serversidesynkroniseringen utlöser webhooken när den inaktiverar en postlåda (pollning hittar det i alla fall).',
    },
    needs: [],
    byHand: {
      en: 'With the webhook set up, give a test mailbox a wrong password and wait. Is there a System Job of the step at the time of the alert?',
      sv: 'Med webhooken på plats: ge en testpostlåda fel lösenord och vänta. Finns det ett systemjobb för steget vid tiden för aviseringen?',
    },
  },
  {
    id: 'silent-sign-in',
    assumed: {
      en: 'Teams signs people in silently with the Token Exchange URL, and shows a page where consent is missing.',
      sv: 'Teams loggar in folk i tysthet med Token Exchange URL, och visar en sida där medgivande saknas.',
    },
    needs: [],
    byHand: {
      en: 'Press a button that needs it on the desktop, in the browser and on a phone. Were you asked to sign in, and did the button do its work after that?',
      sv: 'Tryck på en knapp som kräver det i skrivbordsklienten, i webbläsaren och på en telefon. Blev du ombedd att logga in, och gjorde knappen sitt efter det?',
    },
  },
];
