import { describe, expect, it } from 'vitest';
import { Concepts } from '../../../../services/knowledge/questions/concepts.ts';

const concepts = new Concepts({
  mail: ['e-post*', 'mejl*', 'mail'],
  server: ['*server', 'server'],
  'mail-server': ['mejlserver*'],
  mailbox: ['låda', 'mail box'],
  trouble: ['strul*', 'mail'],
});

describe('what a word stands for', () => {
  it('is found whatever its ending, diacritics folded', () => {
    expect(concepts.of('mejlet')).toEqual(['mail']);
    expect(concepts.of('epostadress')).toEqual(['mail']);
    expect(concepts.of('lada')).toEqual(['mailbox']);
    expect(concepts.of('strular')).toEqual(['trouble']);
  });

  it('is the most special of its beginnings, and an ending only where nothing begins it', () => {
    expect(concepts.of('mejlservern')).toEqual(['mail-server']);
    expect(concepts.of('filserver')).toEqual(['server']);
  });

  it('may be several things at once, or nothing', () => {
    expect(concepts.of('mail')).toEqual(['mail', 'trouble']);
    expect(concepts.of('paraply')).toEqual([]);
  });

  it('may take two words, and says which words begin such', () => {
    expect(concepts.of('mail box')).toEqual(['mailbox']);
    expect(concepts.startsPhrase('mail')).toBe(true);
    expect(concepts.startsPhrase('server')).toBe(false);
  });
});
