import { z } from 'zod';
import { SWITCH_OFFS, WARNING_LEVELS } from '../../domain/early-warning.ts';
import { EXCHANGE_LIMITS } from '../../domain/exchange-online-limits.ts';
import { count, filled, instant, mailboxId, profileId, topic } from './parts.ts';

export const limitUse = z.strictObject({
  limit: z.enum(EXCHANGE_LIMITS),
  used: count,
  allowed: count,
  level: z.enum(['near', 'reached']).nullable(),
  easesAt: instant.nullable(),
});

export const certificate = z.strictObject({
  host: z.string(),
  port: count,
  subject: z.string(),
  issuer: z.string(),
  validTo: instant,
  fingerprint: z.string(),
});

const quota = z.strictObject({
  resource: z.enum(['storage', 'messages']),
  used: count,
  allowed: count,
});

const trouble = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('certificate-expires'), certificate }),
  z.strictObject({ kind: z.literal('secret-expires'), clientId: z.string() }),
  z.strictObject({ kind: z.literal('password-expires'), userName: z.string() }),
  z.strictObject({
    kind: z.literal('switch-off'),
    switchOff: z.enum(SWITCH_OFFS),
    host: z.string(),
  }),
  z.strictObject({ kind: z.literal('quota-near'), quota }),
  z.strictObject({ kind: z.literal('limit-near'), use: limitUse }),
]);

export const earlyWarning = z.strictObject({
  id: filled,
  cause: filled,
  trouble,
  mailboxId: mailboxId.nullable(),
  profileId,
  topic,
  level: z.enum(WARNING_LEVELS),
  at: instant.nullable(),
  raisedAt: instant,
  closedAt: instant.nullable(),
});
