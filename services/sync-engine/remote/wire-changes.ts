import { z } from 'zod';
import { NOT_ALLOWED, type ProfileChange } from '../../domain/set-up-change.ts';
import { recordParts } from '../../store/index.ts';
import type {
  ChangeMethodAnswer,
  ChangeProfileAnswer,
  ForgetAnswer,
  ProfileCheck,
  SetActiveAnswer,
} from '../sync-engine.ts';
import { mailbox, method, profile, refusals, supportReason } from './wire-records.ts';

const text = z.string().max(3_000);

export const profilePart = z.enum(['location', 'incoming', 'outgoing']);
export const profileChange: z.ZodType<ProfileChange> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fix-location'), url: text }),
  z.strictObject({ kind: z.literal('search-location') }),
  z.strictObject({
    kind: z.literal('set-endpoint'),
    side: z.enum(['incoming', 'outgoing']),
    host: text,
    port: z.number().int(),
    tls: z.enum(['implicit', 'starttls']),
  }),
  z.strictObject({ kind: z.literal('undo'), part: profilePart }),
]);

export const actMethod = z.enum(['none', 'server-side-synchronization', 'as-registered']);

const warnings = z.array(supportReason).readonly();
const changed = { before: profile, after: profile, warnings, mailboxCount: recordParts.count };
const noChange = [
  z.strictObject({ kind: z.enum(['unchanged', 'overtaken']) }),
  z.strictObject({ kind: z.literal('unsupported'), reason: supportReason }),
  z.strictObject({
    kind: z.literal('not-allowed'),
    because: z.enum(NOT_ALLOWED),
    topic: z.string(),
  }),
  ...refusals,
] as const;

export const profileCheck: z.ZodType<ProfileCheck> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('possible'), ...changed }),
  ...noChange,
]);
export const changeProfileAnswer: z.ZodType<ChangeProfileAnswer> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('changed'), ...changed }),
  ...noChange,
]);
export const forgetAnswer: z.ZodType<ForgetAnswer> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('forgotten') }),
  ...refusals,
]);
export const changeMethodAnswer: z.ZodType<ChangeMethodAnswer> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('changed'),
    before: method,
    after: method,
    mailbox,
    warnings,
  }),
  ...noChange,
]);
export const setActiveAnswer: z.ZodType<SetActiveAnswer> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['changed', 'unchanged']), mailbox }),
  z.strictObject({ kind: z.literal('owner-disabled') }),
  ...refusals,
]);
