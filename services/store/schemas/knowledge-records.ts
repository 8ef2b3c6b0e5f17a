import { z } from 'zod';
import { VOTES } from '../../domain/answer.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { DIRECTIONS } from '../../domain/mailbox.ts';
import {
  answerId,
  articleDraftId,
  articleRevisionId,
  count,
  filled,
  instant,
  mailboxId,
  nature,
  slots,
  topic,
  unansweredId,
  userId,
} from './parts.ts';

export const answer = z.strictObject({
  id: answerId,
  topic,
  conversationId: filled,
  askedBy: userId,
  askedAt: instant,
  foundBy: z.enum(['match', 'answer', 'choice']),
  confidence: z.number().min(0).max(1),
  language: z.enum(LANGUAGES),
  slots,
  direction: z.enum([...DIRECTIONS, 'both']).nullable(),
  code: z.string().nullable(),
  nature: nature.nullable(),
  mailboxId: mailboxId.nullable(),
  votes: z.record(z.string(), z.enum(VOTES)),
});

export const unanswered = z.strictObject({
  id: unansweredId,
  examples: z.array(z.strictObject({ text: z.string(), lang: z.string().nullable(), at: instant })),
  count,
  near: topic.nullable(),
  firstAt: instant,
  lastAt: instant,
  state: z.enum(['open', 'drafted', 'dismissed']),
  topic: topic.nullable(),
});

export const articleRevision = z.strictObject({
  id: articleRevisionId,
  topic,
  revision: count,
  change: z.enum(['created', 'edited', 'rolled-back']),
  source: z.string().nullable(),
  author: userId,
  publishedAt: instant,
});

export const articleDraft = z.strictObject({
  id: articleDraftId,
  topic,
  author: userId,
  basedOn: count,
  source: z.string(),
  examples: z.array(z.string()),
  changedAt: instant,
});
