import { type MakeCase, whole } from '../pasted.ts';
import { type Piece, slotsOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';

const around = (pieces: readonly Piece[], left: string, right: string): string =>
  pieces.map(({ text, slot }) => (slot === undefined ? text : left + text + right)).join('');

export const markdown: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const { pieces } = alert;
  const plain = around(pieces, '', '');
  const text = dice.pick([
    () => `> ${around(pieces, '**', '**')}`,
    () => `\`\`\`\n${plain}\n\`\`\``,
    () => `- [ ] ${around(pieces, '_', '_')}\n- [ ] call IT`,
    () => `## Alert\n\n*${plain}*\n\n---\n`,
    () => `1. ${around(pieces, '[', '](https://contoso.crm4.dynamics.com/main.aspx?id=4711)')}`,
    () => `***${plain}***`,
    () => `~~old~~ ${around(pieces, '`', '`')}`,
  ])();
  return whole(world, alert, text, slotsOf(pieces));
};
