import type { SyncEvent } from '../domain/sync-event.ts';

type Envelope = 'id' | 'at' | 'mailboxId' | 'profileId';

/** An event before it is addressed: the engine adds who, when and an id. */
export type EventBody = SyncEvent extends infer Event
  ? Event extends SyncEvent
    ? Omit<Event, Envelope>
    : never
  : never;
