import { z } from 'zod';
import { alertDefinition, recordParts, syncEvent } from '../../store/index.ts';
import { mailbox, organization, profile } from './wire-records.ts';

export const WIRE_PATH = '/engine/v1/';

/**
 * Said by both sides with everything they say, so that the older one can be named. Grows with each
 * release in which anything on the wire has changed: both sides are updated together.
 */
export const WIRE_VERSION = 5;
export const WIRE_HEADER = 'mailbox-medic-wire';

/** Beside the methods of the port. */
export const LISTEN = 'listen';
export const END_TEST = 'end-test';
export const TELL_ALERTS = 'tell-alerts';

const { count, filled, mailboxId } = recordParts;

/** Longest wait for an event: proxies cut silent connections after a minute or so. */
const LONGEST_WAIT_MS = 25_000;

/** A place in the events of one engine's data; those of another, set up anew, are not comparable. */
const eventPlace = z.strictObject({ stream: filled, number: count });
export type EventPlace = z.output<typeof eventPlace>;

/** The next events, please; everything up to `heard` is safe with the listener. */
export const listenQuestion = z.strictObject({
  /** Who asks: the bot's data, whichever process it is. */
  listener: filled,
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
        /** Earlier events that were left out because this one says more. */
        superseded: count,
      }),
    )
    .readonly(),
});
export type TellingEvent = z.output<typeof listenAnswer>['events'][number];

/** All alerts that may be raised, with the failures that each of them tells of. */
export const tellAlertsQuestion = z.strictObject({
  listener: filled,
  alerts: z.array(alertDefinition).readonly(),
});

export const endTestQuestion = z.strictObject({ mailboxId, idempotencyKey: filled });

/** `newestEvent`: what an action has caused is told by now, up to this number; null when all is heard. */
export const operationAnswer = z.strictObject({
  result: z.unknown(),
  newestEvent: eventPlace.nullable(),
});
