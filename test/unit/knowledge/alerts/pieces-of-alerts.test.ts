import { describe, expect, it } from 'vitest';
import { article, recogniserOf } from './small-catalogue.ts';

const TAIL = 'The owner of the associated profile {profile} has been told.';
const ARTICLES = [
  article('licence', {
    templates: [
      { text: `Mail for the mailbox {mailbox} stays because its licence is void. ${TAIL}` },
    ],
  }),
  article('password', {
    templates: [
      { text: `Mail for the mailbox {mailbox} stays because its password is stale. ${TAIL}` },
    ],
    decoys: ['Mail for the mailbox {mailbox} stays because its stamp is missing.'],
  }),
  article('guard', {
    templates: [{ text: `The guard at the gate refused the letter "{subject}". ${TAIL}` }],
  }),
  article('porter', {
    catalogue: 'document',
    templates: [{ text: `The porter at the door lost the letter "{subject}". ${TAIL}` }],
  }),
];
const recognise = recogniserOf(ARTICLES);

function topics(text: string): readonly string[] {
  const recognition = recognise(text);
  const matches = 'matches' in recognition ? recognition.matches : [];
  return [recognition.kind, ...matches.map(({ topic }): string => topic)];
}

describe('a piece of an alert', () => {
  it.each([
    ['ilbox Anna Ek stays because its licence i', 'licence'],
    ['Anna Ek stays because its passw', 'password'],
    ['refused the letter "Hello". The own', 'guard'],
    ['Mail for the mailbox An…its licence is void. The owner of th', 'licence'],
    ['Hello!\n> The guard at the gate refu\nWhat now?', 'guard'],
  ])('is the alert that alone has these words: %s', (text, topic) => {
    expect(topics(text)).toEqual(['alerts', topic]);
  });

  it('is asked about where two have it, whatever letters a cut has left', () => {
    const [kind, ...choices] = topics('Mail for the mailbox Anna Ek stays because its l');
    expect(kind).toBe('ambiguous');
    expect(new Set(choices)).toEqual(new Set(['licence', 'password']));
  });

  it('offers three where more have it, those of the document first', () => {
    const [kind, ...choices] = topics('e owner of the associated profile Anna has been told.');
    expect(kind).toBe('ambiguous');
    expect(choices).toHaveLength(3);
    expect(choices[0]).toBe('porter');
  });

  it('is told apart by the name that was left in front of it', () => {
    const text = 'letter "Hello Anna". The owner of the associated profile Exch has been told.';
    const [kind, ...choices] = topics(text);
    expect(kind).toBe('ambiguous');
    expect(new Set(choices)).toEqual(new Set(['porter', 'guard']));
  });

  it('says nothing where a decoy has all of it too', () => {
    expect(topics('ailbox Anna Ek stays because its stamp is miss')).toEqual(['undocumented']);
  });

  it('is none if the words are in another order', () => {
    expect(topics('its because stays void mailbox licence the is')).toEqual(['nothing']);
  });
});
