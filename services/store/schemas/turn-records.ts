import { z } from 'zod';
import { byDirection, count, filled, instant, mailboxId, profileId } from './parts.ts';

export const turnSums = z.strictObject({
  turns: count,
  failed: count,
  itemsProcessed: count,
  itemsFailed: count,
  processingMs: count,
  longestProcessingMs: count,
  queueMs: count,
  longestQueueMs: count,
});

/** Of one mailbox; what is kept of it is packed (domain/turn-history.ts). */
export const processedTurn = z.strictObject({
  mailboxId,
  profileId,
  direction: z.enum(['incoming', 'outgoing', 'act']),
  scheduledAt: instant,
  startedAt: instant,
  completedAt: instant,
  outcome: z.enum(['passed', 'failed', 'cancelled', 'idle']),
  itemsProcessed: count,
  itemsFailed: count,
  backlog: count,
});

export const turnHistory = z.strictObject({
  id: filled,
  byMailbox: z.record(z.string(), z.strictObject({ profileId, turns: z.string() })),
});

export const turnHour = z.strictObject({
  id: filled,
  from: instant,
  profileId,
  turns: byDirection(turnSums),
});
