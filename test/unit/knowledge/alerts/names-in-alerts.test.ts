import { describe, expect, it } from 'vitest';
import { article, recogniserOf } from './small-catalogue.ts';

const recognise = recogniserOf([
  article('sync', {
    templates: [
      {
        text:
          'An unknown fault struck while sending the letter "{subject}". Mailbox {mailbox} ' +
          "didn't synchronize. The notice hangs on the wall for the owner of the profile {profile}.",
      },
    ],
  }),
  article('known', {
    templates: [
      {
        text:
          "A known fault struck the mailbox {mailbox} and it didn't recover. " +
          'The owner of the profile {profile} knows already.',
      },
    ],
  }),
  article('twice', {
    templates: [
      { text: 'The address of {mailbox} is taken by the mailbox {otherMailbox}, so choose again.' },
    ],
  }),
]);

function slots(text: string): unknown {
  const recognition = recognise(text);
  return recognition.kind === 'alerts' ? recognition.matches[0]?.slots : recognition.kind;
}

const HEAD = 'An unknown fault struck while sending the letter "Hello".';
const END = 'The notice hangs on the wall for the owner of the profile';

describe('the names in an alert', () => {
  it.each([
    ['as written', `${HEAD} Mailbox Anna Ek didn't synchronize. ${END} Exch.`],
    ['with the negation in full', `${HEAD} Mailbox Anna Ek did not synchronize. ${END} Exch.`],
    [
      'as links',
      `${HEAD} Mailbox [Anna Ek](https://crm.example/a?id=1) didn't synchronize. ${END} [Exch](https://crm.example/b).`,
    ],
    ['emphasised', `***${HEAD} Mailbox Anna Ek didn't synchronize. ${END} Exch.***`],
    [
      'quoted in a sentence',
      `It says '${HEAD} Mailbox Anna Ek didn't synchronize. ${END} Exch' and then nothing`,
    ],
  ])('are read %s', (_, text) => {
    expect(slots(text)).toEqual({ subject: 'Hello', mailbox: 'Anna Ek', profile: 'Exch' });
  });

  it('go on behind the break of the last line', () => {
    const text = `> ${HEAD} Mailbox Anna\n> Ek didn't synchronize. ${END} Exch\n> Online Umeå.`;
    expect(slots(text)).toMatchObject({ mailbox: 'Anna Ek', profile: 'Exch Online Umeå' });
  });

  it('do not go on in another sentence below', () => {
    const text = `${HEAD} Mailbox Anna Ek didn't synchronize. ${END} Exch.\nThank you all.`;
    expect(slots(text)).toMatchObject({ profile: 'Exch' });
  });

  it.each([
    'A known fault struck the mailbox Anna Ek and it did … ofile Exch knows already.',
    'A known fault struck the mailbox Anna Ek an … file Exch knows already.',
  ])('end in front of what a cut has left of the next words, and begin behind it: %s', (text) => {
    expect(slots(text)).toEqual({ mailbox: 'Anna Ek', profile: 'Exch' });
  });

  it('end in front of a comma', () => {
    const text = 'The address of Bo is taken by the mailbox Anna Ek, so choose again.';
    expect(slots(text)).toEqual({ mailbox: 'Bo', otherMailbox: 'Anna Ek' });
  });
});
