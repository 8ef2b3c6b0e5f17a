import type { FailedItems } from '../services/domain/failed-items.ts';

/** Items that failed one by one, for the card of their mailbox. */
export interface FailedItemsView extends FailedItems {
  /** Of the article that explains the error; null where none does. */
  readonly title: string | null;
}

/** Whether the field Organizer is where it has to be. */
export interface OrganizerView {
  readonly forms: number;
  readonly without: number;
  /** Of those without it, for who may change them. */
  readonly names: readonly string[];
}
