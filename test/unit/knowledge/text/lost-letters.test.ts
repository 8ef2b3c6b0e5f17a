import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../../../services/knowledge/alerts/vocabulary.ts';
import { scan } from '../../../../services/knowledge/text/scan.ts';

describe('a text that has lost its letters', () => {
  it.each(['?', '??', '\ufffd', '_'])('keeps words with %s in them whole', (sign) => {
    const text = `N${sign}r postl${sign}dan f${sign}rs${sign}ker, ${sign}garen vet`;
    expect(scan(text).words).toEqual(['n?r', 'postl?dan', 'f?rs?ker', '?garen', 'vet']);
  });

  it.each([
    [
      'a question without a space',
      'Is it open?then tell me',
      ['is', 'it', 'open', 'then', 'tell', 'me'],
    ],
    ['a question', 'Varför? och hur?', ['varfor', 'och', 'hur']],
    ['a name with an underscore', 'Legacy_IMAP', ['legacy', 'imap']],
  ])('is not one with %s', (_, text, words) => {
    expect(scan(text).words).toEqual(words);
  });

  it.each([
    ['postl?dan', 'postladan'],
    ['n?r', 'nar'],
    ['underr?ttats', 'underrattats'],
    ['f?rs?ker', 'forsoker'],
  ])('is read: %s is %s', (damaged, word) => {
    const vocabulary = new Vocabulary([]);
    for (const known of ['postladan', 'nar', 'underrattats', 'forsoker', 'nu'])
      vocabulary.add(known);
    expect(vocabulary.closest(damaged)?.word).toBe(vocabulary.exact(word));
  });

  it('has no word that differs in another letter', () => {
    const vocabulary = new Vocabulary([]);
    vocabulary.add('postladan');
    expect(vocabulary.closest('pustl?dan')).toBeNull();
  });
});
