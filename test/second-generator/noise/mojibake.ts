import type { Made } from '../../generated/generated-case.ts';
import type { Dice } from '../dice.ts';
import { type MakeCase, whole } from '../pasted.ts';
import { slotsOf, textOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';
import type { World } from '../world.ts';

const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const WINDOWS_1252 = new TextDecoder('windows-1252');

const utf8ReadAs1252 = (text: string): string => WINDOWS_1252.decode(Buffer.from(text, 'utf8'));

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

export const doubleUtf8: MakeCase = (dice, world) =>
  misencoded(dice, world, (text) => utf8ReadAs1252(utf8ReadAs1252(text)));

export const readAsCp437: MakeCase = (dice, world) => misencoded(dice, world, utf8ReadAs437);

export const lettersLost: MakeCase = (dice, world) => {
  const mark = dice.pick(['?', '\uFFFD', '_', '??']);
  return misencoded(dice, world, (text) => text.replace(/[^\x20-\x7e]/g, mark));
};
