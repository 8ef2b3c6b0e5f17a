import type { SlotName } from '../../services/domain/alert.ts';

/** A run of a rendered alert: fixed words, or the value of a slot (`*`: one that nobody reads). */
export interface Piece {
  readonly text: string;
  readonly slot?: SlotName | '*';
}

export const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

/** Changes the fixed words only: what people call things stays as it is. */
export const mapWords = (
  pieces: readonly Piece[],
  change: (text: string) => string,
): readonly Piece[] =>
  pieces.map((piece) =>
    piece.slot === undefined ? { ...piece, text: change(piece.text) } : piece,
  );

/** Changes all of it; what a slot reads afterwards is what was pasted. */
export const mapAll = (
  pieces: readonly Piece[],
  change: (text: string) => string,
): readonly Piece[] => pieces.map((piece) => ({ ...piece, text: change(piece.text) }));

/** The pieces of the characters from `start` to `end`; `cut` names slots that lost a part. */
export function sliceOf(
  pieces: readonly Piece[],
  start: number,
  end: number,
): { readonly pieces: readonly Piece[]; readonly cut: ReadonlySet<string> } {
  const kept: Piece[] = [];
  const cut = new Set<string>();
  let at = 0;
  for (const piece of pieces) {
    const from = Math.max(start, at);
    const to = Math.min(end, at + piece.text.length);
    if (from < to) kept.push({ ...piece, text: piece.text.slice(from - at, to - at) });
    // A value at the edge cannot be told from one that went on.
    const lost = from >= to || to - from < piece.text.length;
    if (piece.slot !== undefined && (lost || from === start || to === end)) cut.add(piece.slot);
    at += piece.text.length;
  }
  return { pieces: kept, cut };
}

export function slotsOf(pieces: readonly Piece[]): Record<string, string> {
  const slots: Record<string, string> = {};
  for (const { slot, text } of pieces) {
    if (slot !== undefined && slot !== '*') slots[slot] ??= text;
  }
  return slots;
}
