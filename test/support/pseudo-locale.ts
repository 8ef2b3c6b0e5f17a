import type { Catalogue } from '../../services/i18n/index.ts';

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  c: 'ç',
  n: 'ñ',
  s: 'š',
  A: 'Å',
  E: 'É',
  O: 'Ø',
  S: 'Š',
};

/**
 * English as a language that is 40 % longer and all accents, between brackets: shows words that
 * bypass the catalogue, and layouts that only fit short words. Placeholders stay as they are.
 */
export function pseudoLocale(english: Catalogue): Catalogue {
  return Object.fromEntries(
    Object.entries(english).map(([key, text]) => [
      key,
      `⟦${accented(text)} ${'ö'.repeat(Math.ceil(text.length * 0.4))}⟧`,
    ]),
  ) as Catalogue;
}

function accented(text: string): string {
  let depth = 0;
  return Array.from(text)
    .map((character) => {
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
      return depth === 0 ? (ACCENTED[character] ?? character) : character;
    })
    .join('');
}
