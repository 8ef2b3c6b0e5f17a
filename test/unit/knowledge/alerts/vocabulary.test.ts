import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../../services/knowledge/alerts/edit-distance.ts';
import { Vocabulary } from '../../../../services/knowledge/alerts/vocabulary.ts';

function vocabularyOf(...words: readonly string[]): Vocabulary {
  const vocabulary = new Vocabulary([['mailbox', 'inbox']]);
  for (const word of words) vocabulary.add(word);
  return vocabulary;
}

describe('the vocabulary of the templates', () => {
  it.each(['mailobx', 'mailbx', 'maibox', 'mailboxx', 'nailbox', 'mai1box', 'mailb0x'])(
    'finds the word that %s is a slip of',
    (slip) => {
      const vocabulary = vocabularyOf('mailbox', 'server');
      expect(vocabulary.closest(slip)?.word).toBe(vocabulary.exact('mailbox'));
    },
  );

  it('lets words stand for each other that product versions use for the same thing', () => {
    const vocabulary = vocabularyOf('mailbox');
    expect(vocabulary.exact('inbox')).toBe(vocabulary.exact('mailbox'));
  });

  it('takes joined words apart', () => {
    const vocabulary = vocabularyOf('mailbox', 'server');
    const match = vocabulary.closest('mailboxserver');
    expect([match?.word, match?.joined]).toEqual([0, 1]);
  });

  it('does not guess at short or strange words', () => {
    const vocabulary = vocabularyOf('for', 'mailbox');
    expect(vocabulary.closest('fro')).toBeNull();
    expect(vocabulary.closest('giraffe')).toBeNull();
  });
});

describe('the distance between two words', () => {
  it('counts a swap of neighbours as one slip', () => {
    expect(editDistance('mailobx', 'mailbox', 3)).toBe(1);
  });

  it('is symmetric, and zero only between equal words', () => {
    const word = fc.string({ minLength: 0, maxLength: 12, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(word, word, (one, other) => {
        const distance = editDistance(one, other, 20);
        expect(editDistance(other, one, 20)).toBe(distance);
        expect(distance === 0).toBe(one === other);
      }),
    );
  });
});
