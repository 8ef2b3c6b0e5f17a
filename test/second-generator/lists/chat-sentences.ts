/** What people write before and after what they paste; by language. */
export const BEFORE: Readonly<Record<'en' | 'sv', readonly string[]>> = {
  en: [
    'Morning all, does anybody know this one?',
    'Sorry to bother you again, but this popped up after lunch:',
    'hey, got this in dynamics and no clue who to ask 😅',
    'FYI. Third time this week.',
    'Our rep in Oslo forwarded the text below to me.',
    'Can you take a look pls, it is for a VIP customer',
    'I was about to answer a customer when I saw:',
    'Screenshot did not work so I copied the text',
    '@bot what am I supposed to do with',
  ],
  sv: [
    'Morrn, är det nån som känner igen det här?',
    'Förlåt att jag stör igen men det här dök upp efter fikat:',
    'hallå, fick detta i dynamics, ingen aning vem jag ska fråga 😅',
    'För kännedom. Tredje gången den här veckan.',
    'Vår säljare i Umeå vidarebefordrade texten nedan.',
    'Kan du kika på detta, det gäller en viktig kund',
    'Jag skulle precis svara en kund när jag såg:',
    'Skärmdumpen gick inte att klistra in så jag kopierade texten',
    '@bot vad ska jag göra åt',
  ],
};

export const AFTER: Readonly<Record<'en' | 'sv', readonly string[]>> = {
  en: [
    'Is it urgent or can it wait till Monday?',
    'Nothing has been changed on our side as far as I know.',
    'thx /R',
    'Best regards\nHelena, Service Desk\n+46 8 555 010 20',
    'The others in my team are fine.',
    'What now?',
    'sent from my phone',
  ],
  sv: [
    'Är det bråttom eller kan det vänta till måndag?',
    'Vad jag vet har vi inte ändrat något.',
    'tack på förhand /R',
    'Vänliga hälsningar\nHelena, Servicedesk\n08-555 010 20',
    'De andra i min grupp märker ingenting.',
    'Vad nu då?',
    'skickat från min mobil',
  ],
};

export const chatLanguage = (lang: string): 'en' | 'sv' => (lang === 'sv' ? 'sv' : 'en');
