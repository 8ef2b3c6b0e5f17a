import type { Made } from '../../generated/generated-case.ts';
import type { Dice } from '../dice.ts';
import { type MakeCase, whole } from '../pasted.ts';
import { slotsOf, textOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';
import type { World } from '../world.ts';

const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** 0x80 to 0x9F; Node's own decoder of windows-1252 leaves these as control characters. */
const CP1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const utf8ReadAsLatin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const utf8ReadAs1252 = (text: string): string =>
  utf8ReadAsLatin1(text).replace(
    /[\u0080-\u009f]/g,
    (char) => CP1252_HIGH[char.charCodeAt(0) - 0x80] ?? char,
  );

const utf8ReadAs437 = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => (byte < 128 ? String.fromCharCode(byte) : (CP437[byte - 128] ?? '?')))
    .join('');

/** Names that the wrong encoding touched are not compared: what was pasted is no name. */
function misencoded(dice: Dice, world: World, change: (text: string) => string): Made | null {
  const alert = drawAlert(dice, world.articles, ({ lang }) => lang === 'sv');
  const text = textOf(alert.pieces);
  const changed = change(text);
  if (changed === text) return null;
  const slots = slotsOf(alert.pieces);
  const touched = Object.keys(slots).filter((slot) => /[^\x20-\x7e]/.test(slots[slot] ?? ''));
  return whole(world, alert, changed, slots, touched);
}

/** Twice wrong: by way of Windows, or by way of a database that takes everything for Latin-1. */
export const doubleUtf8: MakeCase = (dice, world) => {
  const once = dice.chance(0.7) ? utf8ReadAs1252 : utf8ReadAsLatin1;
  return misencoded(dice, world, (text) => once(once(text)));
};

export const readAsCp437: MakeCase = (dice, world) => misencoded(dice, world, utf8ReadAs437);

export const lettersLost: MakeCase = (dice, world) => {
  const mark = dice.pick(['?', '\uFFFD', '_', '??']);
  return misencoded(dice, world, (text) => text.replace(/[^\x20-\x7e]/g, mark));
};
