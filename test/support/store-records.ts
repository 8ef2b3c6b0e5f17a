import type { AuditEntry } from '../../services/domain/audit.ts';
import type { UserId } from '../../services/domain/ids.ts';
import { idOf } from '../../services/domain/ids.ts';
import type { MailboxState } from '../../services/domain/mailbox-state.ts';
import type { OutboxRow } from '../../services/domain/outbox.ts';
import type { TestRun } from '../../services/domain/test-run.ts';
import type { IdempotencyRecord } from '../../services/store/index.ts';

const EIGHT_O_CLOCK = '2026-11-23T08:00:00.000Z';

/** A mailbox whose three directions work, about as large as one that has failed. */
export function mailboxState(id: string, changes: Partial<MailboxState> = {}): MailboxState {
  const direction = {
    enabled: true,
    status: 'success',
    transientFailures: 0,
    nextAttemptAt: EIGHT_O_CLOCK,
    confirming: false,
    lastFailure: {
      scope: 'mailbox',
      nature: 'transient',
      stage: 'authenticate',
      reason: 'server-busy',
      needsConfirmation: false,
      evidence: [
        { label: 'endpoint', value: 'mail.contoso.example:993' },
        { label: 'server-reply', value: 'NO [UNAVAILABLE] Temporary authentication failure' },
      ],
      at: EIGHT_O_CLOCK,
    },
    disabledAt: null,
    answersAgainAt: null,
  } as const;
  return {
    id,
    address: `${id}@contoso.example`,
    approval: { state: 'approved', decidedBy: null, decidedAt: null },
    active: true,
    directions: { incoming: direction, outgoing: direction, act: direction },
    lastSeenUid: '1042',
    version: 1,
    ...changes,
  };
}

export function outboxRow(id: string, changes: Partial<OutboxRow> = {}): OutboxRow {
  return {
    id,
    work: { kind: 'update', cardCopyId: `copy-${id}` },
    state: 'due',
    revision: 0,
    attempts: 0,
    dueAt: EIGHT_O_CLOCK,
    createdAt: EIGHT_O_CLOCK,
    lastAnswer: null,
    ...changes,
  };
}

export function testRun(id: string, changes: Partial<TestRun> = {}): TestRun {
  return {
    id: idOf(id),
    mailboxId: idOf('anna'),
    requestedBy: idOf('admin'),
    state: 'queued',
    startedAt: EIGHT_O_CLOCK,
    finishedAt: null,
    results: {
      incoming: { outcome: 'waiting' },
      outgoing: { outcome: 'waiting' },
      act: { outcome: 'skipped', because: 'not-supported-by-server-type' },
    },
    raisedAlerts: [],
    releasedMessages: 0,
    ...changes,
  };
}

export function usedKey(id: string, result = 'done'): IdempotencyRecord {
  return { id, result, at: EIGHT_O_CLOCK };
}

export function auditEntry(subject: string): AuditEntry {
  return {
    at: EIGHT_O_CLOCK,
    actor: idOf<UserId>('admin'),
    action: 'approve-email',
    subject,
    outcome: 'done',
    detail: null,
  };
}
