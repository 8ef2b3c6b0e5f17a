import type { SlotName } from '../../services/domain/alert.ts';

/** A run of a pasted text that is fixed wording or surroundings (`slot` is null), or a slot's value. */
export interface Piece {
  /** As it is pasted, with whatever markup and damage. */
  readonly raw: string;
  /** As a person reads it: what a slot must be reported as. */
  readonly seen: string;
  readonly slot: SlotName | 'anything' | null;
  /** A cut has gone through it. */
  readonly partial: boolean;
  /** Chat, log lines and the like: no part of the alert. */
  readonly around: boolean;
}

/** A pasted text of which it is known what each part is. */
export type Passage = readonly Piece[];

export interface SlotTruth {
  readonly slots: Readonly<Record<string, string>>;
  /** Slots of which only a part is left: any answer will do. */
  readonly undecided: readonly string[];
}

export function words(text: string): Piece {
  return { raw: text, seen: text, slot: null, partial: false, around: false };
}

export function around(text: string): Piece {
  return { ...words(text), around: true };
}

export function value(slot: SlotName | 'anything', text: string): Piece {
  return { ...words(text), slot };
}

export function textOf(passage: Passage): string {
  return passage.map(({ raw }) => raw).join('');
}

/** Changes what is typed and what is read alike, as damage does. */
export function damaged(passage: Passage, damage: (text: string, piece: Piece) => string): Passage {
  return passage.map((piece) => {
    if (piece.around) return piece;
    const raw = damage(piece.raw, piece);
    return { ...piece, raw, seen: raw };
  });
}

/** Changes the characters only: who reads it sees the same. */
export function encoded(passage: Passage, encode: (text: string, piece: Piece) => string): Passage {
  return passage.map((piece) =>
    piece.around ? piece : { ...piece, raw: encode(piece.raw, piece) },
  );
}

/** What is left between two characters of the text. */
export function cut(passage: Passage, from: number, to: number): Passage {
  const kept: Piece[] = [];
  let at = 0;
  for (const piece of passage) {
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, piece.raw.length)];
    at += piece.raw.length;
    if (start >= end) continue;
    const raw = piece.raw.slice(start, end);
    const partial = piece.partial || raw.length < piece.raw.length;
    kept.push({ ...piece, raw, seen: raw, partial });
  }
  return kept.map((piece, index) =>
    isFragment(kept[index - 1]) || isFragment(kept[index + 1])
      ? { ...piece, partial: true }
      : piece,
  );
}

/** A letter or two of a word beside a name: nobody can see that they are no part of it. */
function isFragment(piece: Piece | undefined): boolean {
  return piece?.slot === null && piece.partial && /^\W*\p{L}{1,2}\W*$/u.test(piece.raw);
}

/** A value that stands twice is known if one of them is whole. */
export function slotsOf(passage: Passage): SlotTruth {
  const slots: Record<string, string> = {};
  const damagedOnly = new Set<string>();
  for (const { slot, seen, partial } of passage) {
    if (slot === null || slot === 'anything') continue;
    if (partial) damagedOnly.add(slot);
    else slots[slot] ??= asRecorded(seen);
  }
  const undecided = [...damagedOnly].filter((slot) => !(slot in slots));
  // Typing errors hit each place differently; either reading is what was pasted.
  for (const { slot, seen, partial } of passage) {
    if (slot === null || slot === 'anything' || partial) continue;
    if (slots[slot] !== asRecorded(seen) && !undecided.includes(slot)) undecided.push(slot);
  }
  return { slots, undecided };
}

/** Records are named with what a keyboard has; mail programs make dashes of hyphens. */
function asRecorded(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[‐-―−]/g, '-')
    .replace(/[’‘]/g, "'")
    .trim();
}
