import { type MakeCase, SILENT } from '../pasted.ts';
import { slotsOf, textOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';
import { chatterLine, stamp } from './technical.ts';

/** Two alerts of different articles in one paste. */
export const twoAlerts: MakeCase = (dice, world) => {
  const first = drawAlert(dice, world.articles);
  const second = drawAlert(dice, world.articles, ({ lang }) => lang === first.lang);
  if (first.topic === second.topic) return null;
  if ([first, second].some((alert) => world.twinsOf(alert).length > 1)) return null;
  const glue = dice.pick([
    () => '\n',
    () => '\n\n',
    () => `\n${chatterLine(dice)}\n${stamp(dice)} ERROR `,
    () => (first.lang === 'sv' ? '\noch sedan även\n' : '\nand then also\n'),
    () => '\n* ',
    () => ' ',
  ])();
  return {
    ...SILENT,
    kind: 'paste',
    lang: first.lang,
    text: textOf(first.pieces) + glue + textOf(second.pieces),
    labels: [first.topic, second.topic],
    slots: { [first.topic]: slotsOf(first.pieces), [second.topic]: slotsOf(second.pieces) },
  };
};

/** The same alert for two mailboxes: one article, and either mailbox is as right. */
export const sameTwice: MakeCase = (dice, world) => {
  const first = drawAlert(dice, world.articles);
  if (world.twinsOf(first).length > 1) return null;
  const text = textOf(first.pieces);
  return {
    ...SILENT,
    kind: 'paste',
    lang: first.lang,
    text: `${stamp(dice)}\n${text}\n${stamp(dice)}\n${text}`,
    labels: [first.topic],
    slots: { [first.topic]: slotsOf(first.pieces) },
    direction: first.direction,
  };
};
