import type { Made } from '../../generated/generated-case.ts';
import type { Dice } from '../dice.ts';
import { fromText, whole } from '../pasted.ts';
import { textOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';
import type { World } from '../world.ts';

export const plain = fromText((text) => text);

const PLACEHOLDERS: Readonly<Record<string, readonly string[]>> = {
  mailbox: ['<Mailbox Name>', '<User Name>', '<namn på postlåda>'],
  otherMailbox: ['<Other Mailbox>', '<annan postlåda>'],
  profile: ['<Email Server Profile name>', '<Profilnamn för e-postserver>'],
  subject: ['<Message Subject>', '<Meddelandets ämne>'],
  '*': ['<name>'],
};

/** Copied from the documentation: a literal placeholder is no value. */
export function copiedFromDocs(dice: Dice, world: World): Made {
  const alert = drawAlert(dice, world.articles);
  const pieces = alert.pieces.map((piece) =>
    piece.slot === undefined
      ? piece
      : { ...piece, text: dice.pick(PLACEHOLDERS[piece.slot] ?? ['<x>']) },
  );
  return whole(world, alert, textOf(pieces), {});
}
