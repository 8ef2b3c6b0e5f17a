import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdown, plain, tidy } from '../../../cards/text.ts';

/** What a reader of CommonMark's backslash escapes sees. */
function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/gu, '$1');
}

describe('plain', () => {
  it.each([
    ['[a](https://evil.example)', '\\[a\\]\\(https://evil.example\\)'],
    ['<at>Bo</at>', '\\<at\\>Bo\\</at\\>'],
    ['**x** _y_ `z` ~w~', '\\*\\*x\\*\\* \\_y\\_ \\`z\\` \\~w\\~'],
    ['1. Support', '1\\. Support'],
    ['- info', '\\- info'],
    ['{{DATE(2026)}}', '\\{\\{DATE\\(2026\\)\\}\\}'],
    ['a\n\nb', 'a b'],
    ['&lt;', '\\&lt;'],
  ])('makes %j inert', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('leaves no special character without its backslash, and loses no other one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const escaped = plain(text, 1_000);
        expect(escaped.replace(/\\[!-/:-@[-`{-~]/gu, '')).not.toMatch(/[\\`*_[\]()<>~#|!{}&]/u);
        expect(unescaped(escaped)).toBe(tidy(text, 1_000));
      }),
    );
  });
});

describe('tidy', () => {
  it('takes away what disguises a name', () => {
    expect(tidy('\u202egnp.exe\u2069\u200b An\u00adna\u0000')).toBe('gnp.exe Anna');
  });

  it('keeps names of every script', () => {
    for (const name of ['Åsa Öberg', 'Łukasz', 'محمد', '田中', 'Ngũgĩ', '😀'])
      expect(tidy(name)).toBe(name);
  });

  it('cuts at the length and says so, never inside a character', () => {
    expect(tidy('abcdef', 4)).toBe('abc…');
    expect(tidy('a😀😀', 3)).toBe('a…');
    expect(tidy('x'.repeat(1_000_000), 10)).toBe('xxxxxxxxx…');
  });

  it('drops half characters', () => {
    expect(tidy('a\ud83d')).toBe('a');
  });
});

describe('markdown', () => {
  it('keeps our own emphasis', () => {
    expect(markdown(' **Klart** ')).toBe('**Klart**');
  });
});
