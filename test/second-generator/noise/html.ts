import type { Dice } from '../dice.ts';
import { type MakeCase, whole } from '../pasted.ts';
import { type Piece, slotsOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';

function escaped(text: string, dice: Dice): string {
  const named = dice.chance(0.5);
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[åäöÅÄÖ]/g, (letter) => (named ? (NAMED[letter] ?? letter) : letter))
    .replace(/'/g, () => (dice.chance(0.5) ? '&#39;' : '&#8217;'));
}

const NAMED: Readonly<Record<string, string>> = {
  å: '&aring;',
  ä: '&auml;',
  ö: '&ouml;',
  Å: '&Aring;',
  Ä: '&Auml;',
  Ö: '&Ouml;',
};

const inline = (pieces: readonly Piece[], dice: Dice, value: (text: string) => string): string =>
  pieces
    .map(({ text, slot }) => {
      const safe = slot === undefined ? escaped(text, dice) : escapedValue(text);
      return slot === undefined ? safe : value(safe);
    })
    .join('');

/** The apostrophe of a name stays straight: it is compared. */
const escapedValue = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** As Outlook writes it with Word: conditional comments, Office tags, classes on everything. */
export const outlookHtml: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const body = inline(alert.pieces, dice, (name) =>
    dice.chance(0.6)
      ? `<a href="https://contoso.crm4.dynamics.com/main.aspx?etn=mailbox&amp;id=%7b${dice.between(1000, 9999)}%7d"><span style='color:#0563C1'>${name}</span></a>`
      : `<b>${name}</b>`,
  );
  const text = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]--><style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style></head><body lang="SV" link="#0563C1"><div class="WordSection1"><p class="MsoNormal"><span lang="EN-US" style="mso-fareast-language:EN-US">${body}<o:p></o:p></span></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p></div></body></html>`;
  return whole(world, alert, text, slotsOf(alert.pieces));
};

/** As Teams hands over a copied message. */
export const teamsHtml: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const body = inline(alert.pieces, dice, (name) => `<strong>${name}</strong>`);
  const quoted = dice.chance(0.5);
  const text = quoted
    ? `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="17${dice.between(10000, 99999)}"><strong itemprop="mri" itemid="8:orgid:1">Helena Berg</strong><span itemprop="time"></span><p itemprop="preview">${body}</p></blockquote><p>&nbsp;</p>`
    : `<div><div><div itemprop="copy-paste-block">${body}</div></div></div>`;
  return whole(world, alert, text, slotsOf(alert.pieces));
};
