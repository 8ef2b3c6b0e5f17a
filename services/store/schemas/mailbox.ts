import { z } from 'zod';
import { EXCHANGE_VERSIONS } from '../../domain/mail-service.ts';
import type { Mailbox } from '../../domain/mailbox.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import type { SameShape } from '../same-shape.ts';
import {
  byDirection,
  count,
  filled,
  instant,
  mailboxId,
  occurredFailure,
  organizationId,
  profileId,
  protocol,
  userId,
} from './parts.ts';

export const deliveryMethod = z.enum([
  'server-side-synchronization',
  'outlook',
  'forward-mailbox',
  'none',
]);

export const endpoint = z.strictObject({
  protocol,
  host: z.string(),
  port: z.number().int(),
  tls: z.enum(['implicit', 'starttls', 'none']),
});

/** Strict: a field more, such as a credential, is an error and never kept or passed on. */
const profileShape = z.strictObject({
  id: profileId,
  organizationId,
  name: z.string(),
  serverType: z.enum(['exchange-online', 'exchange-server', 'pop3-smtp', 'imap-smtp']),
  exchangeVersion: z.enum(EXCHANGE_VERSIONS).exactOptional(),
  tenantId: z.string().exactOptional(),
  incoming: endpoint,
  outgoing: endpoint,
  location: z.string().exactOptional(),
  credentialSource: z.enum(['profile', 'mailbox', 'server-to-server']),
  outgoingCredentialSource: z.enum(['profile', 'mailbox']).exactOptional(),
  autodiscover: z.boolean(),
  impersonation: z.boolean(),
  ownerId: userId.nullable(),
  majorEventsToOwner: z.boolean().exactOptional(),
  replica: z.boolean(),
});

const mailboxShape = z.strictObject({
  id: mailboxId,
  organizationId,
  name: z.string(),
  address: z.string(),
  kind: z.enum(['user', 'queue', 'forward']),
  ownerId: userId.nullable(),
  profileId: profileId.nullable(),
  active: z.boolean(),
  approval: z.strictObject({
    state: z.enum(['empty', 'pending', 'approved', 'rejected']),
    decidedBy: userId.nullable(),
    decidedAt: instant.nullable(),
  }),
  directions: byDirection(
    z.strictObject({
      method: deliveryMethod,
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
  pendingSend: count,
  version: count,
});

/** Do not compile when a type of the domain and its schema have parted. */
export const mailbox: SameShape<z.output<typeof mailboxShape>, Mailbox> extends true
  ? z.ZodType<Mailbox>
  : never = mailboxShape;
export const emailServerProfile: SameShape<
  z.output<typeof profileShape>,
  EmailServerProfile
> extends true
  ? z.ZodType<EmailServerProfile>
  : never = profileShape;

export const seenMailbox = z.strictObject({
  id: mailboxId,
  organizationId,
  profileId: profileId.nullable(),
  mailbox,
  fingerprint: z.string().nullable(),
  readAt: instant,
});
export const seenProfile = z.strictObject({
  id: profileId,
  organizationId,
  profile: emailServerProfile,
  version: count,
});
export const readMark = z.strictObject({
  id: filled,
  deltaLink: z.string().nullable(),
  upTo: instant.nullable(),
});
