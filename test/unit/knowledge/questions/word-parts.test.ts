import { describe, expect, it } from 'vitest';
import { WordParts } from '../../../../services/knowledge/questions/word-parts.ts';

const parts = new WordParts({
  endings: { sv: ['en', 'n', 'ar', 'arna'], en: ['s', 'ing'] },
  joints: { sv: ['s'], en: [] },
});

describe('the stem of a word', () => {
  it.each([
    ['postladan', 'postlada'],
    ['profilen', 'profil'],
    ['mailboxes', 'mailboxe'],
    ['sending', 'send'],
    ['profilarna', 'profil'],
  ])('of %s is %s', (word, stem) => {
    expect(parts.stem(word)).toBe(stem);
  });

  it('keeps four letters', () => {
    expect(parts.stem('bilen')).toBe('bile');
    expect(parts.stem('man')).toBe('man');
  });
});

describe('a compound', () => {
  const known = (stem: string): boolean => ['losenord', 'byte', 'mejl', 'server'].includes(stem);

  it('falls into two known parts, with or without a letter between them', () => {
    expect(parts.compound('losenordsbyte', known)).toEqual(['losenord', 'byte']);
    expect(parts.compound('mejlservern', known)).toEqual(['mejl', 'server']);
  });

  it('is left alone where a part is unknown', () => {
    expect(parts.compound('losenordskrav', known)).toEqual([]);
    expect(parts.compound('server', known)).toEqual([]);
  });
});
