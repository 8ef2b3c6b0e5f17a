import { AsyncLocalStorage } from 'node:async_hooks';
import { idOf } from '../../domain/ids.ts';
import type { Mailbox } from '../../domain/mailbox.ts';
import type { Organization } from '../../domain/organization.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import { instantOf } from '../../domain/time.ts';
import { AppError } from '../../observability/index.ts';
import type { Transaction } from '../../store/index.ts';
import type { EventBody } from '../event-body.ts';
import type { SyncEventSink } from '../sync-engine.ts';
import type { DataverseParts } from './dataverse-parts.ts';

/** Whom an event is about, as they are with it. */
export interface Told {
  readonly mailbox: Mailbox;
  readonly profile: EmailServerProfile | undefined;
  readonly organization: Organization | undefined;
}

/** Hands events to the sink, inside the transaction that makes them true. */
export interface Telling {
  hear(sink: SyncEventSink): void;
  tell(transaction: Transaction, told: Told, events: readonly EventBody[]): Promise<void>;
  /**
   * While a sink is at work: whom its event is about. The sink asks the engine about them inside its
   * transaction, and nobody else can write as long as that waits for an answer from the network.
   */
  beingTold(): Told | undefined;
}

export function createTelling({
  scheduler,
  newId,
}: Pick<DataverseParts, 'scheduler' | 'newId'>): Telling {
  const telling = new AsyncLocalStorage<Told>();
  let sink: SyncEventSink | null = null;
  return {
    hear(receiver) {
      sink = receiver;
    },
    async tell(transaction, told, events) {
      if (events.length === 0) return;
      const receiver = sink;
      if (receiver === null) {
        throw new AppError('engine-unavailable', 'the engine has not been started');
      }
      const { id: mailboxId, profileId } = told.mailbox;
      const at = instantOf(scheduler.now());
      for (const body of events) {
        const event = { id: idOf<never>(newId()), at, mailboxId, profileId, ...body };
        await telling.run(told, () => receiver(event, transaction));
      }
    },
    beingTold: () => telling.getStore(),
  };
}
