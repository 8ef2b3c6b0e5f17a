import type { ProcessedTurn } from '../../domain/processed-turn.ts';
import type { Protocol } from '../../domain/profile.ts';
import type { Log } from '../../observability/index.ts';
import type { MessageSender, Probe } from '../../probes/index.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import type { Store, Transaction } from '../../store/index.ts';
import type { AlertFor } from '../alert-for-failure.ts';
import type { EventBody } from '../event-body.ts';
import type { RegisteredMailbox, Registry } from './registry.ts';
import type { SecretReader } from './secret-reader.ts';

/** What every part of the engine works with; put together once in embedded-engine.ts. */
export interface EngineParts {
  readonly registry: Registry;
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly probes: Partial<Readonly<Record<Protocol, Probe>>>;
  readonly senders: Partial<Readonly<Record<Protocol, MessageSender>>>;
  readonly alertFor: AlertFor;
  readonly log: Log;
  readonly secrets: SecretReader;
  readonly newId: () => string;
  /** Hears of each turn of the schedule when it has ended; must be quick. */
  readonly onProcessed: (turn: ProcessedTurn) => void;
  /** Hands the event to the sink inside the transaction that makes it true. */
  readonly emit: (
    transaction: Transaction,
    registered: RegisteredMailbox,
    body: EventBody,
  ) => Promise<void>;
}
