import {
  DIRECTIONS,
  type Direction,
  type DirectionState,
  type Mailbox,
} from '../../domain/mailbox.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import { waits } from '../../domain/outgoing-message.ts';
import type { Reader } from '../../store/index.ts';
import type { RegisteredMailbox, Registry } from './registry.ts';

type StoredDirection = MailboxState['directions'][Direction];

export const NEVER_RUN: StoredDirection = {
  enabled: false,
  status: 'not-run',
  transientFailures: 0,
  nextAttemptAt: null,
  confirming: false,
  lastFailure: null,
  disabledAt: null,
  answersAgainAt: null,
};

/**
 * The state of a mailbox as the registry file and the store have it together. An approval was given
 * to an address: when the file names another one, it is pending again (domain.md §4.9).
 */
export function stateOf(
  registered: RegisteredMailbox,
  stored: MailboxState | undefined,
): MailboxState {
  if (stored === undefined) return initialState(registered);
  const sameAddress = stored.address.toLowerCase() === registered.address.toLowerCase();
  const current = { ...stored, active: registered.active };
  if (sameAddress) return current;
  return {
    ...current,
    address: registered.address,
    approval: { state: 'pending', decidedBy: null, decidedAt: null },
    lastSeenUid: null,
    version: stored.version + 1,
  };
}

function initialState(registered: RegisteredMailbox): MailboxState {
  const direction = (name: Direction): StoredDirection => ({
    ...NEVER_RUN,
    enabled: registered.initiallyEnabled.includes(name),
  });
  return {
    id: registered.id,
    address: registered.address,
    approval: { state: registered.initialApproval, decidedBy: null, decidedAt: null },
    active: registered.active,
    directions: {
      incoming: direction('incoming'),
      outgoing: direction('outgoing'),
      act: direction('act'),
    },
    lastSeenUid: null,
    version: 1,
  };
}

export function mailboxOf(
  registered: RegisteredMailbox,
  state: MailboxState,
  pendingSend: number,
): Mailbox {
  const direction = (name: Direction): DirectionState => ({
    ...state.directions[name],
    method: registered.methods[name],
  });
  return {
    id: registered.id,
    organizationId: registered.organizationId,
    name: registered.name,
    address: registered.address,
    kind: registered.kind,
    ownerId: registered.ownerId,
    profileId: registered.profileId,
    active: state.active,
    approval: state.approval,
    directions: {
      incoming: direction('incoming'),
      outgoing: direction('outgoing'),
      act: direction('act'),
    },
    pendingSend,
    version: state.version,
  };
}

export async function readState(
  reader: Reader,
  registered: RegisteredMailbox,
): Promise<MailboxState> {
  return stateOf(registered, await reader.get('mailboxStates', registered.id));
}

export async function readMailbox(reader: Reader, registered: RegisteredMailbox): Promise<Mailbox> {
  return mailboxOf(
    registered,
    await readState(reader, registered),
    await pendingSend(reader, registered.id),
  );
}

/** Below this many, asking for each one is cheaper than reading every state. */
const FEW = 20;

export async function readMailboxes(
  reader: Reader,
  several: readonly RegisteredMailbox[],
): Promise<readonly Mailbox[]> {
  if (several.length <= FEW) {
    return Promise.all(several.map((registered) => readMailbox(reader, registered)));
  }
  const states = new Map(
    (await reader.find('mailboxStates')).map((state) => [state.id, state] as const),
  );
  const waiting = new Map<string, number>();
  for (const state of ['pending-send', 'sending'] as const) {
    for (const message of await reader.find('outgoingMessages', { state })) {
      waiting.set(message.mailboxId, (waiting.get(message.mailboxId) ?? 0) + 1);
    }
  }
  return several.map((registered) =>
    mailboxOf(
      registered,
      stateOf(registered, states.get(registered.id)),
      waiting.get(registered.id) ?? 0,
    ),
  );
}

/** Those that count are few: they are found before anything is put together for them. */
export async function approvalPending({
  store,
  registry,
}: {
  readonly store: Reader;
  readonly registry: Registry;
}): Promise<readonly RegisteredMailbox[]> {
  const states = new Map((await store.find('mailboxStates')).map((state) => [state.id, state]));
  return [...registry.mailboxes.values()].filter(
    (registered) =>
      registered.active &&
      stateOf(registered, states.get(registered.id)).approval.state === 'pending',
  );
}

export async function pendingSend(reader: Reader, mailboxId: Mailbox['id']): Promise<number> {
  const messages = await reader.find('outgoingMessages', { mailboxId });
  return messages.filter(waits).length;
}

export function withDirection(
  state: MailboxState,
  direction: Direction,
  next: StoredDirection,
): MailboxState {
  return {
    ...state,
    directions: { ...state.directions, [direction]: next },
    version: state.version + 1,
  };
}

/** The engine looks at a direction while it works and, slowly, while it is disabled. */
export function watchedDirections(
  registered: RegisteredMailbox,
  state: MailboxState,
): readonly Direction[] {
  if (!registered.active || registered.profileId === null) return [];
  return DIRECTIONS.filter((direction) => {
    const { enabled, disabledAt } = state.directions[direction];
    return (
      registered.methods[direction] === 'server-side-synchronization' &&
      (enabled || disabledAt !== null)
    );
  });
}
