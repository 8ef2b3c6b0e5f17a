import { z } from 'zod';
import { FAILURE_REASONS } from '../../domain/failure.ts';
import { earlyWarning, limitUse } from './early-warning.ts';
import { alert, profileOutage } from './engine-records.ts';
import {
  count,
  direction,
  eventId,
  failure,
  filled,
  instant,
  mailboxId,
  profileId,
  testRunId,
  topic,
  userId,
} from './parts.ts';

const about = { id: eventId, at: instant, mailboxId, profileId: profileId.nullable() };

export const syncEvent = z.discriminatedUnion('kind', [
  z.strictObject({ ...about, kind: z.literal('direction-confirming'), direction, failure }),
  z.strictObject({
    ...about,
    kind: z.literal('direction-retrying'),
    direction,
    failure,
    attempt: count,
    nextAttemptAt: instant.nullable(),
    alert,
  }),
  z.strictObject({
    ...about,
    kind: z.literal('direction-disabled'),
    direction,
    failure,
    because: z.enum(['permanent', 'retries-exhausted']),
    alert,
  }),
  z.strictObject({ ...about, kind: z.literal('direction-recovered'), direction }),
  z.strictObject({
    ...about,
    kind: z.literal('server-answers-again'),
    direction,
    pendingSend: count,
  }),
  z.strictObject({ ...about, kind: z.literal('server-fails-again'), direction, failure, alert }),
  z.strictObject({
    ...about,
    kind: z.literal('direction-enabled'),
    direction,
    by: userId.nullable(),
  }),
  z.strictObject({ ...about, kind: z.literal('direction-given-up'), direction }),
  z.strictObject({ ...about, kind: z.literal('mailbox-changed') }),
  z.strictObject({
    ...about,
    kind: z.literal('approval-changed'),
    approved: z.boolean(),
    by: userId.nullable(),
  }),
  z.strictObject({
    ...about,
    kind: z.literal('address-changed'),
    formerAddress: z.string(),
    address: z.string(),
    approvalReset: z.boolean(),
  }),
  z.strictObject({
    ...about,
    kind: z.literal('waiting-messages-changed'),
    change: z.enum(['held', 'cancelled', 'released']),
    count,
    by: userId,
  }),
  z.strictObject({
    ...about,
    kind: z.literal('profile-changed'),
    part: z.enum(['location', 'incoming', 'outgoing', 'settings']),
    mailboxIds: z.array(mailboxId).readonly(),
    by: userId.nullable(),
  }),
  z.strictObject({
    ...about,
    kind: z.literal('servers-seen'),
    mailboxIds: z.array(mailboxId).readonly(),
  }),
  z.strictObject({
    ...about,
    kind: z.literal('method-changed'),
    direction: z.literal('act'),
    method: z.enum(['server-side-synchronization', 'outlook', 'forward-mailbox', 'none']),
    by: userId.nullable(),
  }),
  z.strictObject({
    ...about,
    kind: z.enum(['mailbox-activated', 'mailbox-deactivated']),
    by: userId.nullable(),
  }),
  z.strictObject({ ...about, kind: z.literal('limit-near'), use: limitUse }),
  z.strictObject({
    ...about,
    kind: z.enum(['early-warning-raised', 'early-warning-ended']),
    warning: earlyWarning,
  }),
  z.strictObject({
    ...about,
    kind: z.literal('profile-outage-changed'),
    outage: profileOutage,
  }),
  z.strictObject({ ...about, kind: z.literal('test-run-changed'), testRunId }),
]);

const place = { stream: filled, number: count };
export const undeliveredEvent = z.strictObject({
  id: eventId,
  ...place,
  event: syncEvent,
  superseded: count.exactOptional(),
});
export const listener = z.strictObject({ id: filled, listener: filled });
export const alertDefinition = z.strictObject({
  id: topic,
  raisedFor: z.array(z.enum(FAILURE_REASONS)).readonly(),
});
export const heardEvent = z.strictObject({ id: filled, ...place, eventId });
