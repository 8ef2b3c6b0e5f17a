import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { DIRECTIONS } from '../../domain/mailbox.ts';
import {
  answerId,
  count,
  filled,
  guideId,
  incidentId,
  instant,
  mailboxId,
  nature,
  requestId,
  slots,
  testRunId,
  topic,
  userId,
} from './parts.ts';

export const conversation = z.strictObject({
  id: filled,
  scope: z.enum(['personal', 'group', 'channel']),
  userId: userId.nullable(),
  tenantId: z.string(),
  reference: z.unknown(),
  state: z.enum(['reachable', 'blocked', 'uninstalled']),
  seenAt: instant,
});

export const preference = z.strictObject({
  id: filled,
  language: z.enum(LANGUAGES).nullable(),
  clientLanguage: z.enum(LANGUAGES).nullable(),
  timeZone: z.string().nullable(),
});

export const signInWish = z.strictObject({
  id: filled,
  personId: userId,
  wanted: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('said'), text: z.string() }),
    z.strictObject({
      kind: z.literal('pressed'),
      value: z.unknown(),
      cardId: z.string().nullable(),
    }),
    z.strictObject({ kind: z.literal('nothing') }),
  ]),
  idempotencyKey: filled,
  askedAt: instant,
  withButton: z.boolean(),
});

const cardReference = z.discriminatedUnion('card', [
  z.strictObject({
    card: z.literal('alert'),
    topic,
    slots,
    direction: z.enum([...DIRECTIONS, 'both']).nullable(),
    code: z.string().nullable(),
    nature: nature.nullable(),
    answerId: answerId.nullable(),
    mailboxId: mailboxId.nullable(),
  }),
  z.strictObject({ card: z.literal('mailbox'), mailboxId }),
  z.strictObject({ card: z.literal('guide'), guideId, mailboxId: mailboxId.nullable() }),
  z.strictObject({ card: z.literal('profile-outage'), outageId: filled }),
  z.strictObject({
    card: z.literal('outbox'),
    mailboxId,
    day: z.string().nullable(),
    skip: count,
  }),
  z.strictObject({
    card: z.literal('waiting'),
    mailboxId,
    decided: z
      .strictObject({
        change: z.enum(['held', 'cancelled', 'released']),
        count,
      })
      .nullable(),
  }),
  z.strictObject({ card: z.literal('rejected-address'), mailboxId }),
  z.strictObject({
    card: z.literal('address-changed'),
    mailboxId,
    formerAddress: z.string(),
    address: z.string(),
  }),
  z.strictObject({ card: z.literal('profile'), mailboxId }),
  z.strictObject({ card: z.literal('test-run'), testRunId, mailboxId }),
  z.strictObject({ card: z.literal('approval-request'), requestId, mailboxId }),
  z.strictObject({
    card: z.literal('incident'),
    incidentId,
    audience: z.enum(['must-act', 'informed']),
  }),
  z.strictObject({ card: z.literal('early-warning'), cause: filled }),
]);

export const cardCopy = z.strictObject({
  id: filled,
  conversationId: filled,
  activityId: filled,
  viewerId: userId.nullable(),
  reference: cardReference,
  subject: filled,
  heldUntil: instant.exactOptional(),
});

export const outboxRow = z.strictObject({
  id: filled,
  work: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('send'),
      recipientId: userId,
      reference: cardReference,
    }),
    z.strictObject({ kind: z.literal('update'), cardCopyId: filled }),
  ]),
  state: z.enum(['due', 'delivered', 'no-conversation', 'blocked', 'gone', 'failed']),
  revision: count,
  attempts: count,
  dueAt: instant,
  createdAt: instant,
  lastAnswer: z.string().nullable(),
});

export const idempotencyRecord = z.strictObject({ id: filled, result: z.string(), at: instant });
