import { z } from 'zod';
import { recordParts, syncEvent } from '../../store/index.ts';
import { mailbox, organization, profile } from './wire-records.ts';

/** Grows when an older program on the other side would misunderstand: both sides are updated together. */
export const WIRE_PATH = '/engine/v1/';

/** Beside the methods of the port. */
export const LISTEN = 'listen';
export const END_TEST = 'end-test';

const { count, filled, mailboxId } = recordParts;

/** Longest wait for an event: proxies cut silent connections after a minute or so. */
const LONGEST_WAIT_MS = 25_000;

/** A place in the events of one engine's data; those of another, set up anew, are not comparable. */
const eventPlace = z.strictObject({ stream: filled, number: count });
export type EventPlace = z.output<typeof eventPlace>;

/** The next events, please; everything up to `heard` is safe with the listener. */
export const listenQuestion = z.strictObject({
  heard: eventPlace.nullable(),
  waitMs: count.max(LONGEST_WAIT_MS),
});

/** With whom each event is about, so that nobody has to ask back in the middle of a transaction. */
export const listenAnswer = z.strictObject({
  events: z
    .array(
      z.strictObject({
        stream: filled,
        number: count,
        event: syncEvent,
        mailbox: mailbox.nullable(),
        profile: profile.nullable(),
        organization: organization.nullable(),
      }),
    )
    .readonly(),
});
export type TellingEvent = z.output<typeof listenAnswer>['events'][number];

export const endTestQuestion = z.strictObject({ mailboxId, idempotencyKey: filled });

/** `newestEvent`: what an action has caused is told by now, up to this number; null when all is heard. */
export const operationAnswer = z.strictObject({
  result: z.unknown(),
  newestEvent: eventPlace.nullable(),
});
