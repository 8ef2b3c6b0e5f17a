import { describe, expect, it } from 'vitest';
import { type ApprovalRequest, decide } from '../../../services/domain/approval-request.ts';
import { idOf, type UserId } from '../../../services/domain/ids.ts';

const grace = idOf<UserId>('grace');
const gustav = idOf<UserId>('gustav');
const pending: ApprovalRequest = {
  id: idOf('request'),
  mailboxId: idOf('anna'),
  requestedBy: idOf('anna'),
  requestedAt: '2026-11-23T08:00:00.000Z',
  reason: 'New address',
  askRoles: ['global-administrator'],
  version: 1,
  state: 'pending',
};

describe('a request for approval', () => {
  it('is decided by the first who decides, and says who and when', () => {
    const { kind, request } = decide(pending, 'approve', grace, '2026-11-23T09:00:00.000Z');
    expect(kind).toBe('decided');
    expect(request).toMatchObject({
      state: 'approved',
      decidedBy: grace,
      decidedAt: '2026-11-23T09:00:00.000Z',
      version: 2,
    });
  });

  it.each(['approve', 'reject'] as const)(
    'is not changed by a second decision to %s',
    (decision) => {
      const first = decide(pending, 'reject', grace, '2026-11-23T09:00:00.000Z').request;
      const second = decide(first, decision, gustav, '2026-11-23T10:00:00.000Z');
      expect(second).toEqual({ kind: 'already-decided', request: first });
      expect(second.request).toMatchObject({ state: 'rejected', decidedBy: grace });
    },
  );
});
