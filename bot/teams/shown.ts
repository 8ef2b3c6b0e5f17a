import type { CardReference } from '../../services/domain/card-reference.ts';

/** What a card shows, and the records that it was drawn from. */
export interface Shown {
  readonly reference: CardReference;
  readonly drawnFrom: string;
}
