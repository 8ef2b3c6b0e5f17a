import { cut, type Passage, textOf, words } from '../passage.ts';
import type { Random } from '../random.ts';

/** What is left of an alert: in one piece, or in two with a sign of the gap between them. */
export interface Cut {
  readonly left: readonly Passage[];
  readonly passage: Passage;
}
export type Cutting = (passage: Passage, random: Random) => Cut;

const GAPS = [' … ', ' ... ', ' […] ', '\n(…)\n', ' (...) ', '…'];

function inOnePiece(passage: Passage, before = '', after = ''): Cut {
  const signs = (text: string): Passage => (text === '' ? [] : [words(text)]);
  return { left: [passage], passage: [...signs(before), ...passage, ...signs(after)] };
}

function between(random: Random, least: number, most: number): number {
  return least + random.next() * (most - least);
}

export const CUTS = {
  'cut-end': (passage, random) => {
    const { length } = textOf(passage);
    const rest = cut(passage, 0, Math.floor(length * between(random, 0.35, 0.9)));
    return inOnePiece(rest, '', random.chance(0.3) ? '…' : '');
  },
  'cut-start': (passage, random) => {
    const { length } = textOf(passage);
    const rest = cut(passage, Math.floor(length * between(random, 0.1, 0.6)), length);
    return inOnePiece(rest, random.chance(0.3) ? '…' : '');
  },
  'cut-both': (passage, random) => {
    const { length } = textOf(passage);
    const from = Math.floor(length * between(random, 0.05, 0.3));
    const rest = cut(passage, from, from + Math.floor(length * between(random, 0.35, 0.6)));
    const sign = random.chance(0.5) ? '…' : '';
    return inOnePiece(rest, sign, sign);
  },
  'cut-short': (passage, random) => {
    const { length } = textOf(passage);
    const size = Math.floor(between(random, 45, 90));
    const from = Math.floor(random.next() * Math.max(0, length - size));
    return inOnePiece(cut(passage, from, from + size));
  },
  'cut-middle': (passage, random) => {
    const { length } = textOf(passage);
    const from = Math.floor(length * between(random, 0.3, 0.55));
    const to = from + Math.floor(length * between(random, 0.15, 0.35));
    const left = [cut(passage, 0, from), cut(passage, to, length)];
    return { left, passage: [...(left[0] ?? []), words(random.pick(GAPS)), ...(left[1] ?? [])] };
  },
} as const satisfies Readonly<Record<string, Cutting>>;
