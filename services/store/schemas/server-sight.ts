import { z } from 'zod';
import { FAILURE_REASONS } from '../../domain/failure.ts';
import { SIGHT_OUTCOMES } from '../../domain/server-sight.ts';
import { certificate } from './early-warning.ts';
import { endpoint } from './mailbox.ts';
import { filled, instant } from './parts.ts';

export const serverSight = z.strictObject({
  id: filled,
  endpoint,
  outcome: z.enum(SIGHT_OUTCOMES),
  reason: z.enum(FAILURE_REASONS).nullable(),
  certificate: certificate.nullable(),
  certificateEndsAt: instant.nullable(),
  signIn: z.array(z.string()).readonly(),
  at: instant,
});
