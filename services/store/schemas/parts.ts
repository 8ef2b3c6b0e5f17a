import { z } from 'zod';
import { FAILURE_REASONS, STAGES } from '../../domain/failure.ts';
import type {
  AlertId,
  AnswerId,
  ApprovalRequestId,
  ArticleDraftId,
  ArticleRevisionId,
  EventId,
  GuideId,
  IncidentId,
  MailboxId,
  OrganizationId,
  ProfileId,
  TestRunId,
  TopicId,
  UnansweredId,
  UserId,
} from '../../domain/ids.ts';
import { DIRECTIONS } from '../../domain/mailbox.ts';

export const filled = z.string().min(1);
/** Brands what was read; the store is a trusted place (services/domain/ids.ts). */
const branded = <Id extends string>(): z.ZodType<Id> => filled.transform((value) => value as Id);
export const instant = z.iso.datetime();
export const count = z.number().int().min(0);

export const mailboxId = branded<MailboxId>();
export const organizationId = branded<OrganizationId>();
export const profileId = branded<ProfileId>();
export const userId = branded<UserId>();
export const topic = branded<TopicId>();
export const alertId = branded<AlertId>();
export const eventId = branded<EventId>();
export const testRunId = branded<TestRunId>();
export const incidentId = branded<IncidentId>();
export const answerId = branded<AnswerId>();
export const guideId = branded<GuideId>();
export const unansweredId = branded<UnansweredId>();
export const articleRevisionId = branded<ArticleRevisionId>();
export const articleDraftId = branded<ArticleDraftId>();
export const requestId = branded<ApprovalRequestId>();

export const direction = z.enum(DIRECTIONS);
export const scope = z.enum(['email', 'mailbox', 'profile']);
export const nature = z.enum(['permanent', 'transient']);
export const stage = z.enum(STAGES);
export const protocol = z.enum(['imap', 'pop3', 'smtp', 'ews', 'graph']);
export const byDirection = <Schema extends z.ZodType>(each: Schema) =>
  z.strictObject({ incoming: each, outgoing: each, act: each }).readonly();

export const evidence = z.strictObject({
  label: z.enum([
    'addresses',
    'endpoint',
    'certificate-subject',
    'certificate-issuer',
    'certificate-valid-from',
    'certificate-valid-to',
    'tls-version',
    'banner',
    'capabilities',
    'user-name',
    'server-reply',
    'server-name',
    'request-id',
    'sign-in-method',
    'library-code',
    'folder',
    'message-count',
    'message-id',
    'primary-organization',
    'found-after',
    'hint',
  ]),
  value: z.string(),
});

export const failure = z.strictObject({
  scope,
  nature,
  stage,
  reason: z.enum(FAILURE_REASONS),
  needsConfirmation: z.boolean(),
  evidence: z.array(evidence).readonly(),
  retryAfterMs: z.number().min(0).exactOptional(),
});
export const occurredFailure = z.strictObject({ ...failure.shape, at: instant });

export const slots = z.strictObject({
  mailbox: z.string().exactOptional(),
  profile: z.string().exactOptional(),
  subject: z.string().exactOptional(),
  otherMailbox: z.string().exactOptional(),
});
