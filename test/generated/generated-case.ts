import type { SpokenDirection } from '../../services/domain/diagnosis.ts';
import type { Random } from './random.ts';

/** A text and what is true of it, known from how it was made. */
export interface GeneratedCase {
  readonly id: string;
  /**
   * `ambiguous`: what is left fits several articles; `negative`: no article documents it.
   */
  readonly kind: 'paste' | 'ambiguous' | 'negative';
  readonly noise: string;
  readonly lang: string;
  readonly text: string;
  /** The article that the alert was made from; several for several alerts; none for negatives. */
  readonly labels: readonly string[];
  /** Where the text decides nothing: all articles that it may come from. */
  readonly accept: readonly string[];
  /** An alert that no article documents has these words too: "close to X" is as right. */
  readonly orUndocumented: boolean;
  readonly slots: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly slotsIgnore: readonly string[];
  readonly direction: SpokenDirection | null;
  /** Undefined where it is not looked at. */
  readonly code?: string;
}

export type Made = Omit<GeneratedCase, 'id' | 'noise'>;

/** Null where this turn gives no case of the kind. */
export type Maker = (random: Random, turn: number) => Made | null;

export const NOTHING_SAID = {
  labels: [],
  accept: [],
  orUndocumented: false,
  slots: {},
  slotsIgnore: [],
  direction: null,
} as const;
