import type { AlertTemplate } from '../../services/domain/article.ts';
import type { Made } from '../generated/generated-case.ts';
import type { Dice } from './dice.ts';
import { type Piece, slotsOf, textOf } from './piece.ts';
import { drawAlert, type RenderedAlert } from './rendered-alert.ts';
import type { World } from './world.ts';

/** Null where the turn gives nothing of the kind. */
export type MakeCase = (dice: Dice, world: World) => Made | null;

export const SILENT = {
  labels: [],
  accept: [],
  orUndocumented: false,
  slots: {},
  slotsIgnore: [],
  direction: null,
} as const;

/** A pasted alert of which nothing that tells it apart was taken away. */
export function whole(
  world: World,
  alert: RenderedAlert,
  text: string,
  slots: Readonly<Record<string, string>> = slotsOf(alert.pieces),
  slotsIgnore: readonly string[] = [],
): Made {
  const twins = world.twinsOf(alert);
  return {
    ...SILENT,
    kind: twins.length > 1 ? 'ambiguous' : 'paste',
    lang: alert.lang,
    text,
    labels: twins.length > 1 ? [] : [alert.topic],
    accept: twins.length > 1 ? twins : [],
    slots: { [alert.topic]: slots },
    slotsIgnore,
    direction: alert.direction,
  };
}

/** A noise that works on the pieces: what it makes of a slot's value is what the slot reads. */
export const fromPieces =
  (
    change: (pieces: readonly Piece[], dice: Dice, alert: RenderedAlert) => readonly Piece[] | null,
    wanted?: (template: AlertTemplate) => boolean,
  ): MakeCase =>
  (dice, world) => {
    const alert = drawAlert(dice, world.articles, wanted);
    const pieces = change(alert.pieces, dice, alert);
    return pieces === null ? null : whole(world, alert, textOf(pieces), slotsOf(pieces));
  };

/** A noise that puts something around or through the text and leaves its words as they are. */
export const fromText =
  (
    change: (text: string, dice: Dice, alert: RenderedAlert) => string | null,
    wanted?: (template: AlertTemplate) => boolean,
  ): MakeCase =>
  (dice, world) => {
    const alert = drawAlert(dice, world.articles, wanted);
    const text = change(textOf(alert.pieces), dice, alert);
    return text === null ? null : whole(world, alert, text);
  };
