import { z } from 'zod';
import { filled, instant, mailboxId, profileId, userId } from './parts.ts';

const made = { id: filled, at: instant, by: userId, overruledAt: instant.nullable() };
const address = z.strictObject({
  host: z.string(),
  port: z.number().int(),
  tls: z.enum(['implicit', 'starttls', 'none']),
});

export const setUpChange = z.discriminatedUnion('part', [
  z.strictObject({
    ...made,
    part: z.literal('location'),
    profileId,
    over: z.string().nullable(),
    now: z.string().nullable(),
  }),
  z.strictObject({
    ...made,
    part: z.enum(['incoming', 'outgoing']),
    profileId,
    over: address,
    now: address,
  }),
  z.strictObject({
    ...made,
    part: z.literal('act'),
    mailboxId,
    over: z.enum(['server-side-synchronization', 'outlook', 'forward-mailbox', 'none']),
    now: z.enum(['server-side-synchronization', 'none']),
  }),
  z.strictObject({
    ...made,
    part: z.literal('active'),
    mailboxId,
    over: z.boolean(),
    now: z.boolean(),
  }),
]);
