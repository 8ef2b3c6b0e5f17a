import { decodeHTML } from 'entities';

const TAG =
  /<\/?(?:p|br|b|i|u|em|strong|div|span|table|tr|td|th|tbody|ul|ol|li|a|font|html|body|head|h[1-6]|blockquote|pre|code|hr)(?:\s[^<>]{0,300})?\/?>/gi;
const MOJIBAKE: Readonly<Record<string, string>> = {
  'Ã¥': 'å',
  'Ã¤': 'ä',
  'Ã¶': 'ö',
  'Ã„': 'Ä',
  'Ã…': 'Å',
  'Ã–': 'Ö',
  'Ã©': 'é',
};

/** The cheap cleaning that every peer gets; one pass each. */
export function normalised(text: string): string {
  let plain = text.includes('<') ? text.replace(TAG, ' ') : text;
  if (plain.includes('&')) plain = decodeHTML(plain);
  if (plain.includes('Ã')) plain = plain.replace(/Ã[¥¤¶„…–©]/g, (pair) => MOJIBAKE[pair] ?? pair);
  return plain
    .normalize('NFC')
    .replace(/[\u200b-\u200d\ufeff\u00ad]/gu, '')
    .replace(/[“”„«»]/g, '"')
    .replace(/[’‘´`]/g, "'")
    .replace(/[‐-―]/g, '-')
    .replace(/^[ \t]*(?:[>|][ \t]*)+/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Lower case, without diacritics. */
export function foldedWords(text: string): string[] {
  const folded = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
  return folded.match(/[\p{L}\p{N}]+(?:[-'][\p{L}\p{N}]+)*/gu) ?? [];
}
