import { z } from 'zod';
import { STEP_OUTCOMES } from '../../domain/guide.ts';
import { DIRECTIONS } from '../../domain/mailbox.ts';
import {
  count,
  filled,
  guideId,
  instant,
  mailboxId,
  slots,
  testRunId,
  topic,
  userId,
} from './parts.ts';

export const guide = z.strictObject({
  id: guideId,
  topic,
  slots,
  direction: z.enum([...DIRECTIONS, 'both']).nullable(),
  mailboxId: mailboxId.nullable(),
  conversationId: filled,
  startedBy: userId,
  startedAt: instant,
  step: count.nullable(),
  marks: z.array(
    z.strictObject({
      topic,
      step: count,
      outcome: z.enum(STEP_OUTCOMES),
      by: userId,
      at: instant,
    }),
  ),
  tried: z.array(topic),
  testRunId: testRunId.nullable(),
  solved: z.strictObject({ by: userId, at: instant }).nullable(),
});
