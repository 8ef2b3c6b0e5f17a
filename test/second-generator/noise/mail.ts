import type { Dice } from '../dice.ts';
import { fromText, type MakeCase, whole } from '../pasted.ts';
import { slotsOf, textOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Plain lines, as a mail client sends them. */
export const wrappedLines = fromText((text, dice) =>
  wrapped(text, dice.pick([40, 60, 72, 76])).join(dice.pick(['\n', '\r\n', ' \n'])),
);

/** Quoted a few times over. A name that a line's mark went through is not compared. */
export const quotedReply: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const mark = dice.pick(['> ', '>> ', '> > ', '| ', '>']);
  const lines = wrapped(textOf(alert.pieces), dice.pick([50, 66, 74]));
  const slots = slotsOf(alert.pieces);
  const broken = Object.keys(slots).filter(
    (slot) => !lines.some((line) => line.includes(slots[slot] ?? '')),
  );
  const intro = dice.pick([
    'On Tue, 3 Mar 2026 at 09:14, Helena Berg <helena@contoso.com> wrote:',
    'Den tis 3 mars 2026 kl 09:14 skrev Helena Berg <helena@contoso.com>:',
    '',
  ]);
  const text = [intro, ...lines.map((line) => mark + line)].join('\n').trimStart();
  return whole(world, alert, text, slots, broken);
};

const HEADERS: readonly ((dice: Dice) => string)[] = [
  (dice) =>
    `Från: Helena Berg <helena@contoso.com>\nSkickat: den ${dice.between(1, 28)} mars 2026 09:${dice.between(10, 59)}\nTill: IT-stöd <it@contoso.com>\nKopia: Bo Ek\nÄmne: VB: hjälp`,
  (dice) =>
    `-----Original Message-----\nFrom: Helena Berg\nSent: Tuesday, March ${dice.between(1, 28)}, 2026 9:14 AM\nTo: IT Service Desk\nCc: Bo Ek\nSubject: FW: help`,
  () =>
    '________________________________\nFrån: noreply@contoso.com\nSkickat: den 3 mars 2026 09:14:55 (UTC+01:00)\nTill: Helena Berg\nÄmne: Aviseringar',
  () =>
    'Begin forwarded message:\n\n\tFrom: Helena Berg <helena@contoso.com>\n\tSubject: something broke\n\tDate: 3 March 2026 at 09:14:12 CET\n\tTo: Bo Ek',
];

const GREETINGS = ['Se nedan.', 'See below.', 'Hej,\nkan ni hjälpa till?', 'Hi,\nany idea?', ''];

const FOOTERS = [
  '\n--\nHelena Berg | Innesälj | Contoso AB',
  '\n\nThis e-mail and any attachment may contain confidential information. If you are not the intended recipient, delete it.',
  '\n\nDetta e-postmeddelande kan innehålla sekretessbelagd information.',
  '\n\nSkickat från Outlook för iOS',
  '',
];

/** Forwarded from Outlook or a phone, with the header block in the middle. */
export const forwardedMail = fromText((text, dice) => {
  const header = dice.pick(HEADERS)(dice);
  return `${dice.pick(GREETINGS)}\n\n${header}\n\n${text}\n${dice.pick(FOOTERS)}`.trimStart();
});
