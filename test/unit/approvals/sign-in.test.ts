import { describe, expect, it } from 'vitest';
import type { SyncEngine } from '../../../services/sync-engine/index.ts';
import { createApprovalWorld, grace, OLGA, sam } from '../../support/approval-world.ts';
import { ANNA, by } from '../../support/sync-world.ts';

/** As Dynamics 365: approvals run as whoever pressed the button, and as nobody else. */
function wantingTokens(engine: SyncEngine): SyncEngine {
  return {
    ...engine,
    approve: async (mailboxId, context) =>
      context.actor.token === undefined
        ? { kind: 'sign-in-required' }
        : engine.approve(mailboxId, context),
    reject: async (mailboxId, context) =>
      context.actor.token === undefined
        ? { kind: 'sign-in-required' }
        : engine.reject(mailboxId, context),
  };
}

function signedIn(userId: string): ReturnType<typeof by> {
  const context = by(userId);
  return { ...context, actor: { ...context.actor, token: async () => `token of ${userId}` } };
}

describe('approvals that run as the person', () => {
  it('change nothing until the person has signed in', async () => {
    const world = await createApprovalWorld({ approval: 'pending' }, wantingTokens);
    const wish = { mailboxId: ANNA, actor: sam };
    expect(await world.approvals.approve({ ...wish, context: by('sam') })).toEqual({
      kind: 'sign-in-required',
    });
    expect((await world.mailbox()).approval.state).toBe('pending');
    expect(await world.audit()).toEqual([
      { actor: 'sam', action: 'approve-email', outcome: 'no-change' },
    ]);
    const done = await world.approvals.approve({ ...wish, context: signedIn('sam') });
    expect(done).toMatchObject({ kind: 'approved' });
  });

  it('keep no reason of a rejection that nobody signed in for', async () => {
    const world = await createApprovalWorld({}, wantingTokens);
    const wish = { mailboxId: ANNA, actor: sam, reason: 'Shared with others' };
    const asked = await world.approvals.reject({ ...wish, context: by('sam') });
    expect(asked).toEqual({ kind: 'sign-in-required' });
    expect(await world.store.find('rejections', { mailboxId: ANNA })).toEqual([]);
    expect((await world.mailbox()).approval.state).not.toBe('rejected');
    const done = await world.approvals.reject({ ...wish, context: signedIn('sam') });
    expect(done).toMatchObject({ kind: 'rejected' });
  });

  it('leave a request open when whoever approved it does not sign in', async () => {
    const world = await createApprovalWorld({}, wantingTokens);
    const requestId = await world.askedBy(sam);
    const wish = { requestId, decision: 'approve', actor: grace } as const;
    const asked = await world.approvals.decide({ ...wish, context: by('grace') });
    expect(asked).toEqual({ kind: 'sign-in-required' });
    expect(await world.store.get('approvalRequests', requestId)).toMatchObject({
      state: 'pending',
    });
    expect(await world.approvals.pending(grace)).toHaveLength(1);
    const done = await world.approvals.decide({ ...wish, context: signedIn('grace') });
    expect(done).toMatchObject({ kind: 'decided', request: { state: 'applied' } });
    expect((await world.mailbox(OLGA)).approval).toMatchObject({
      state: 'approved',
      decidedBy: 'grace',
    });
  });

  it('are not carried out after a crash by nobody: the request waits for a decision again', async () => {
    let crashes = true;
    const world = await createApprovalWorld({}, (engine) => ({
      ...wantingTokens(engine),
      approve: async (mailboxId, context) => {
        if (crashes) throw new Error('the process was killed');
        return wantingTokens(engine).approve(mailboxId, context);
      },
    }));
    const requestId = await world.askedBy(sam);
    const wish = { requestId, decision: 'approve', actor: grace } as const;
    await expect(world.approvals.decide({ ...wish, context: signedIn('grace') })).rejects.toThrow();
    crashes = false;
    await world.approvals.resume(new AbortController().signal);
    expect(await world.store.get('approvalRequests', requestId)).toMatchObject({
      state: 'pending',
    });
  });
});
