import type { Made } from '../../generated/generated-case.ts';
import type { Dice } from '../dice.ts';
import { type Torn, topicsThatFit, wordCount } from '../fits.ts';
import { type MakeCase, SILENT } from '../pasted.ts';
import { type Piece, sliceOf, slotsOf, textOf } from '../piece.ts';
import { drawAlert, type RenderedAlert } from '../rendered-alert.ts';
import type { World } from '../world.ts';

interface Part {
  readonly pieces: readonly Piece[];
  readonly cut: ReadonlySet<string>;
}

/** From this many articles on, the words are those of any alert, documented or not. */
const WORDS_OF_ANY_ALERT = 6;

/** With fewer words than these, an alert of another product may have been cut. */
const TELLING = 9;

function cutCase(
  world: World,
  alert: RenderedAlert,
  parts: readonly Part[],
  torn: Torn,
  glue: readonly [string, string, string],
): Made | null {
  const pieces = parts.map((part) => part.pieces);
  const words = wordCount(pieces.flat());
  if (words < 5) return null;
  const fits = topicsThatFit(world.wordings, pieces, torn, 'dropped');
  const strict = topicsThatFit(world.wordings, pieces, torn, 'read');
  const loose = topicsThatFit(world.wordings, pieces, torn, 'loose');
  // Half a word or an article decides it: whether that counts is a matter of taste, so it is no case.
  if (fits.length > 1 ? strict.length === 1 : loose.length !== 1) return null;
  const text = glue[0] + pieces.map(textOf).join(glue[1]) + glue[2];
  const ambiguous = fits.length !== 1;
  return {
    ...SILENT,
    kind: ambiguous ? 'ambiguous' : 'paste',
    lang: alert.lang,
    text,
    labels: ambiguous ? [] : [alert.topic],
    accept: ambiguous ? [...new Set([alert.topic, ...fits])] : [],
    orUndocumented: fits.length >= WORDS_OF_ANY_ALERT || words < TELLING,
    slots: { [alert.topic]: slotsOf(pieces.flat()) },
    slotsIgnore: [...new Set(parts.flatMap(({ cut }) => [...cut]))],
  };
}

const dots = (dice: Dice): string => dice.pick(['', '...', '…', ' [...]', '']);

export const cutEnd: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const { length } = textOf(alert.pieces);
  const end = Math.round(length * (0.3 + dice.next() * 0.6));
  const part = sliceOf(alert.pieces, 0, end);
  return cutCase(world, alert, [part], { first: false, last: true }, ['', '', dots(dice)]);
};

export const cutStart: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const { length } = textOf(alert.pieces);
  const start = Math.round(length * (0.1 + dice.next() * 0.55));
  const part = sliceOf(alert.pieces, start, length);
  return cutCase(world, alert, [part], { first: true, last: false }, [dots(dice), '', '']);
};

export const cutBothEnds: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const { length } = textOf(alert.pieces);
  const start = Math.round(length * (0.05 + dice.next() * 0.3));
  const end = Math.round(length * (0.6 + dice.next() * 0.35));
  const part = sliceOf(alert.pieces, start, end);
  const torn = { first: true, last: true };
  return cutCase(world, alert, [part], torn, [dots(dice), '', dots(dice)]);
};

export const cutMiddle: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const { length } = textOf(alert.pieces);
  const end = Math.round(length * (0.2 + dice.next() * 0.25));
  const start = Math.round(length * (0.5 + dice.next() * 0.3));
  const parts = [sliceOf(alert.pieces, 0, end), sliceOf(alert.pieces, start, length)];
  // A slot that stands in both parts is still there in one of them.
  const glue = dice.pick([' … ', '...', ' [snip] ', '\n(...)\n']);
  return cutCase(world, alert, parts, { first: false, last: false }, ['', glue, '']);
};
