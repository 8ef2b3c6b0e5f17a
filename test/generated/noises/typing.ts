import { damaged } from '../passage.ts';
import type { Random } from '../random.ts';
import type { Noise } from './noise.ts';

const KEY_ROWS = ['qwertyuiopå', 'asdfghjklöä', 'zxcvbnm'];
/** What a scanner reads for what stands there. */
const MISREAD: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['m', 'rn'],
  ['l', 'I'],
  ['l', '1'],
  ['I', 'l'],
  ['o', '0'],
  ['O', '0'],
  ['cl', 'd'],
  ['vv', 'w'],
  ['å', 'a'],
  ['ä', 'a'],
  ['ö', 'o'],
  ['-', '—'],
  ['e', 'c'],
];

/** Keys hit wrong, twice, in the wrong order or not at all; spaces at the borders of names stay. */
export function typingErrors(rate: number): Noise {
  return (passage, random) => damaged(passage, (text) => withTypingErrors(text, rate, random));
}

function withTypingErrors(text: string, rate: number, random: Random): string {
  const signs = Array.from(text);
  let result = '';
  for (let index = 0; index < signs.length; index++) {
    const sign = signs[index] ?? '';
    if (!/\p{L}/u.test(sign) || !random.chance(rate)) {
      result += sign;
      continue;
    }
    const next = signs[index + 1] ?? '';
    const kind = random.below(4);
    if (kind === 0) result += sign + sign;
    else if (kind === 1 && /\p{L}/u.test(next)) {
      result += next + sign;
      index++;
    } else if (kind === 2) result += neighbour(sign, random);
    else if (/\p{L}/u.test(next)) continue;
    else result += sign;
  }
  return result;
}

function neighbour(sign: string, random: Random): string {
  const row = KEY_ROWS.find((keys) => keys.includes(sign.toLowerCase()));
  if (row === undefined) return sign;
  const at = row.indexOf(sign.toLowerCase());
  const key = row[random.chance(0.5) ? Math.max(0, at - 1) : Math.min(row.length - 1, at + 1)];
  return sign === sign.toLowerCase() ? (key ?? sign) : (key ?? sign).toUpperCase();
}

/** A screenshot that was read by a machine. */
export const scanned: Noise = (passage, random) =>
  damaged(passage, (text) => {
    let result = '';
    for (let index = 0; index < text.length; index++) {
      const possible = MISREAD.filter(([right]) => text.startsWith(right, index));
      if (possible.length === 0 || !random.chance(0.04)) {
        result += text[index] ?? '';
        continue;
      }
      const [right, wrong] = random.pick(possible);
      result += wrong;
      index += right.length - 1;
    }
    return result;
  });

export const upper: Noise = (passage) => damaged(passage, (text) => text.toUpperCase());

/** As who types it off in a hurry writes it. */
export const lowerWithoutPunctuation: Noise = (passage) =>
  damaged(passage, (text) => text.toLowerCase().replace(/[",;:!?“”„«»()]|\.(?=\s|$)/g, ''));

/** A keyboard or a log without å, ä and ö. */
export const ascii: Noise = (passage) =>
  damaged(passage, (text) =>
    text
      .normalize('NFD')
      .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
      .normalize('NFC'),
  );

/** Versions of the product say the same in other words. */
const SWAPS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  en: [
    ['cannot', "can't"],
    ['has been notified', 'was notified'],
    ['Office 365', 'Microsoft 365'],
    ['Microsoft Dynamics 365', 'Dynamics 365'],
    ['Microsoft Dynamics 365', 'Microsoft Dynamics CRM'],
    ['Dynamics 365', 'Customer Engagement'],
    ["didn't", 'did not'],
    ["doesn't", 'does not'],
    ["couldn't", 'could not'],
    ['email', 'e-mail'],
    ['the Microsoft Exchange server', 'the Exchange server'],
    ['sign in', 'log in'],
  ],
  sv: [
    ['underrättats', 'meddelats'],
    ['har underrättats', 'underrättades'],
    ['Office 365', 'Microsoft 365'],
    ['Microsoft Dynamics 365', 'Dynamics 365'],
    ['Microsoft Dynamics 365', 'Microsoft Dynamics CRM'],
    ['kontaktpersoner', 'kontakter'],
    ['ägaren till', 'ägaren av'],
    ['Ägaren till', 'Ägaren av'],
    ['inaktiverats', 'avaktiverats'],
    ['postlådan', 'brevlådan'],
    ['Postlådan', 'Brevlådan'],
    ['skicka e-post', 'sända e-post'],
  ],
};

/** Each pair either way; names stay as they are. */
export const wordingSwaps: Noise = (passage, random, lang) => {
  const swaps = (SWAPS[lang] ?? []).filter(() => random.chance(0.7));
  return damaged(passage, (text, piece) => {
    if (piece.slot !== null) return text;
    let swapped = text;
    for (const [one, other] of swaps) {
      if (swapped.includes(one)) swapped = swapped.replaceAll(one, other);
      else swapped = swapped.replaceAll(other, one);
    }
    return swapped;
  });
};
