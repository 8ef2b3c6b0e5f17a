import { z } from 'zod';
import { ROLES } from '../../domain/person.ts';
import {
  alertId,
  byDirection,
  count,
  direction,
  evidence,
  failure,
  filled,
  incidentId,
  instant,
  mailboxId,
  nature,
  occurredFailure,
  organizationId,
  profileId,
  protocol,
  requestId,
  scope,
  slots,
  stage,
  testRunId,
  topic,
  userId,
} from './parts.ts';

export const mailboxState = z.strictObject({
  id: filled,
  address: z.string(),
  approval: z.strictObject({
    state: z.enum(['empty', 'pending', 'approved', 'rejected']),
    decidedBy: userId.nullable(),
    decidedAt: instant.nullable(),
  }),
  active: z.boolean(),
  directions: byDirection(
    z.strictObject({
      enabled: z.boolean(),
      status: z.enum(['not-run', 'success', 'failure']),
      transientFailures: count,
      retriesUncounted: z.boolean().exactOptional(),
      nextAttemptAt: instant.nullable(),
      confirming: z.boolean(),
      lastFailure: occurredFailure.nullable(),
      disabledAt: instant.nullable(),
      answersAgainAt: instant.nullable(),
    }),
  ),
  lastSeenUid: z.string().nullable(),
  version: count,
});

export const alert = z.strictObject({
  id: alertId,
  topic,
  level: z.enum(['information', 'warning', 'error']),
  scope,
  nature,
  mailboxId: mailboxId.nullable(),
  profileId: profileId.nullable(),
  direction,
  slots,
  text: z.string().exactOptional(),
  raisedAt: instant,
  closedAt: instant.nullable(),
  affected: count.exactOptional(),
});

const stages = z
  .array(
    z.strictObject({
      stage,
      outcome: z.enum(['passed', 'failed', 'skipped']),
      tookMs: z.number().min(0),
      evidence: z.array(evidence).readonly(),
    }),
  )
  .readonly();
const seen = { protocol: protocol.nullable(), stages };
export const testRun = z.strictObject({
  id: testRunId,
  mailboxId,
  requestedBy: userId,
  state: z.enum(['queued', 'running', 'done']),
  startedAt: instant,
  finishedAt: instant.nullable(),
  results: byDirection(
    z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('waiting') }),
      z.strictObject({ outcome: z.literal('running'), ...seen }),
      z.strictObject({ outcome: z.literal('passed'), ...seen }),
      z.strictObject({ outcome: z.literal('failed'), ...seen, failure: failure.nullable() }),
      z.strictObject({
        outcome: z.literal('interrupted'),
        by: z.enum(['restart', 'fault', 'not-finished']),
        ...seen,
      }),
      z.strictObject({
        outcome: z.literal('skipped'),
        because: z.enum([
          'not-synchronized-by-server',
          'not-supported-by-server-type',
          'approval-missing',
          'profile-missing',
          'mailbox-inactive',
        ]),
      }),
    ]),
  ),
  raisedAlerts: z.array(alertId).readonly(),
  releasedMessages: count,
});

const request = {
  id: requestId,
  mailboxId,
  requestedBy: userId,
  requestedAt: instant,
  reason: z.string(),
  askRoles: z.array(z.enum(ROLES)).readonly(),
  version: count,
};
export const approvalRequest = z.discriminatedUnion('state', [
  z.strictObject({ ...request, state: z.literal('pending') }),
  z.strictObject({
    ...request,
    state: z.enum(['approved', 'applied', 'rejected']),
    decidedBy: userId,
    decidedAt: instant,
  }),
]);

export const rejection = z.strictObject({
  id: filled,
  mailboxId,
  rejectedBy: userId,
  reason: z.string(),
  rejectedAt: instant,
});

export const outgoingMessage = z.strictObject({
  id: filled,
  mailboxId,
  subject: z.string(),
  to: z.array(z.string()).readonly(),
  text: z.string(),
  messageId: filled,
  submittedAt: instant,
  state: z.enum(['pending-send', 'sending', 'sent', 'failed', 'held', 'cancelled']),
  attempts: count,
});

const slices = z.array(z.strictObject({ from: instant, count })).readonly();
const said = z.enum(['near', 'reached']).nullable();
export const mailFlow = z.strictObject({
  id: filled,
  counted: z.strictObject({
    'received-per-hour': slices,
    'recipients-per-day': slices,
    'messages-per-minute': slices,
  }),
  said: z.strictObject({
    'received-per-hour': said,
    'recipients-per-day': said,
    'messages-per-minute': said,
  }),
  inboxCount: count.nullable(),
});

export const profileOutage = z.strictObject({
  id: filled,
  profileId,
  since: instant,
  failing: count,
  mailboxes: count,
  endedAt: instant.nullable(),
});

export const primaryOrganization = z.strictObject({
  id: filled,
  organizationId,
  mailboxId,
  since: instant,
  by: userId.nullable(),
});

export const incidentMember = z.strictObject({
  id: filled,
  incidentId,
  mailboxId,
  direction,
  state: z.enum(['confirming', 'retrying', 'disabled', 'answers-again', 'well']),
});

export const incident = z.strictObject({
  id: incidentId,
  cause: filled,
  scope: z.enum(['mailbox', 'profile']),
  profileId: profileId.nullable(),
  mailboxCount: count,
  counts: z.strictObject({
    confirming: count,
    retrying: count,
    disabled: count,
    'answers-again': count,
    well: count,
  }),
  direction,
  topic,
  failure,
  state: z.enum(['confirming', 'retrying', 'disabled', 'answers-again', 'closed']),
  attempt: count,
  nextAttemptAt: instant.nullable(),
  openedAt: instant,
  closedAt: instant.nullable(),
  steps: z
    .array(
      z.strictObject({
        at: instant,
        kind: z.enum([
          'confirming',
          'retrying',
          'disabled',
          'recovered',
          'answers-again',
          'fails-again',
          'enabled',
          'given-up',
        ]),
        attempt: count.nullable(),
      }),
    )
    .readonly(),
});
