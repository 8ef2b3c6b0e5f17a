import type { CardCopy, CardReference } from '../../services/domain/card-reference.ts';
import type { UserId } from '../../services/domain/ids.ts';
import type { DeliveryAnswer, Messenger } from '../../services/notifications/index.ts';
import type { Clock } from '../../services/scheduler/index.ts';

export interface Delivered {
  readonly kind: 'send' | 'update';
  readonly conversationId: string;
  readonly recipientId: UserId | null;
  readonly reference: CardReference;
  /** For an update, the message that it replaces. */
  readonly activityId: string | null;
  readonly atMs: number;
}

export interface RecordingMessenger extends Messenger {
  /** Everything that was asked of the channel, whatever it answered. */
  readonly asked: readonly Delivered[];
  /** From now on. */
  answers(answer: (asked: Delivered) => DeliveryAnswer): void;
  delivers(): void;
  /** Deliveries begin and wait until `go` is called. */
  holds(): { readonly begun: Promise<void>; readonly go: () => void };
}

/** A channel that remembers what it was asked and answers as told. */
export function createRecordingMessenger(clock: Clock): RecordingMessenger {
  const asked: Delivered[] = [];
  let number = 0;
  let answer: ((asked: Delivered) => DeliveryAnswer) | null = null;
  let gate: Promise<void> | null = null;
  let begin: () => void = () => undefined;

  async function take(delivery: Omit<Delivered, 'atMs'>): Promise<DeliveryAnswer> {
    const one = { ...delivery, atMs: clock.now() };
    asked.push(one);
    const waiting = gate;
    begin();
    if (waiting !== null) await waiting;
    if (answer !== null) return answer(one);
    number += 1;
    return { kind: 'delivered', activityId: one.activityId ?? `activity-${number}` };
  }

  return {
    asked,
    answers(next) {
      answer = next;
    },
    delivers() {
      answer = null;
    },
    holds() {
      let go: () => void = () => undefined;
      gate = new Promise<void>((resolve) => {
        go = () => {
          gate = null;
          resolve();
        };
      });
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      return { begun, go };
    },
    send: (link, recipientId, reference) =>
      take({
        kind: 'send',
        conversationId: link.id,
        recipientId,
        reference,
        activityId: null,
      }),
    update: (link, copy: CardCopy) =>
      take({
        kind: 'update',
        conversationId: link.id,
        recipientId: copy.viewerId,
        reference: copy.reference,
        activityId: copy.activityId,
      }),
  };
}
