import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTexts, type Texts } from '../../../services/i18n/index.ts';

const loaded = await loadTexts(path.resolve(import.meta.dirname, '../../../data'));
function texts(): Texts {
  if (loaded.kind === 'invalid') throw new TypeError(JSON.stringify(loaded.problems));
  return loaded.texts;
}

const AFTERNOON = '2026-11-23T13:35:00.000Z';

describe('a translator', () => {
  it('writes moments as people in that language and place do', () => {
    const sv = texts().translatorFor('sv', 'Europe/Stockholm');
    const en = texts().translatorFor('en', 'Europe/London');
    expect([sv.dateTime(AFTERNOON), sv.time(AFTERNOON)]).toEqual(['23 nov. 2026 14:35', '14:35']);
    expect([en.dateTime(AFTERNOON), en.time(AFTERNOON)]).toEqual(['23 Nov 2026, 13:35', '13:35']);
  });

  it('writes a day the same wherever it is read', () => {
    const days = (['sv', 'en'] as const).map((language) =>
      texts().translatorFor(language, 'America/Los_Angeles').day('2026-11-03'),
    );
    expect(days).toEqual(['3 nov. 2026', '3 Nov 2026']);
  });

  it('says UTC when it does not know the place, and takes any nonsense for an unknown place', () => {
    for (const zone of ['UTC', 'Nowhere/Atlantis', '', '<script>']) {
      expect(texts().translatorFor('en', zone).time(AFTERNOON)).toBe('13:35 UTC');
    }
  });

  it('counts with the plural of the language', () => {
    const t = texts().translatorFor('sv', 'UTC');
    expect([1, 2, 1_200].map((count) => t('card.more', { count }))).toEqual([
      '… och 1 till',
      '… och 2 till',
      '… och 1\u00a0200 till',
    ]);
  });

  it('joins lists and writes numbers', () => {
    const t = texts().translatorFor('sv', 'UTC');
    expect(t.list(['SMTP', 'POP3', 'IMAP'])).toBe('SMTP, POP3 och IMAP');
    expect(t.number(12_345.5)).toBe('12\u00a0345,5');
  });

  it('inserts values as they are, braces and tags included', () => {
    const t = texts().translatorFor('en', 'UTC');
    expect(t('card.about.profile', { profile: '{x} <b>' })).toBe('profile {x} <b>');
  });

  it('is the same object for the same language and place', () => {
    expect(texts().translatorFor('sv', 'UTC')).toBe(texts().translatorFor('sv', 'UTC'));
  });

  it('refuses a text whose value was not given', () => {
    const t = texts().translatorFor('en', 'UTC');
    expect(() => t('card.about.profile')).toThrow('locales-invalid');
  });
});
