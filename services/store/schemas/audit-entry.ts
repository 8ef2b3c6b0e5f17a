import { z } from 'zod';
import type { AuditEntry } from '../../domain/audit.ts';
import { AppError } from '../../observability/index.ts';
import type { SameShape } from '../same-shape.ts';
import { instant, userId } from './parts.ts';

const schema = z.strictObject({
  at: instant,
  actor: userId,
  action: z.enum([
    'test-and-enable',
    'mark-primary',
    'approve-email',
    'reject-email',
    'change-profile',
    'change-act-method',
    'activate-mailbox',
    'deactivate-mailbox',
    'request-approval',
    'reject-request',
    'hold-messages',
    'release-messages',
    'cancel-messages',
    'engine-action',
    'publish-article',
    'roll-back-article',
    'dismiss-unanswered',
  ]),
  subject: z.string(),
  outcome: z.enum(['done', 'denied', 'no-change', 'failed']),
  detail: z.string().nullable(),
});

/** Does not compile when the domain's type and the schema have parted. */
export const auditEntry: SameShape<z.output<typeof schema>, AuditEntry> extends true
  ? z.ZodType<AuditEntry>
  : never = schema;

export function parseAuditEntry(raw: unknown): AuditEntry {
  const parsed = auditEntry.safeParse(raw);
  if (parsed.success) return Object.freeze(parsed.data);
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unknown shape' };
  throw new AppError('record-invalid', `audit entry: ${path.join('.') || '(entry)'}: ${message}`);
}
