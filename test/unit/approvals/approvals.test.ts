import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import type { Person } from '../../../services/domain/person.ts';
import { mailboxById } from '../../../services/sync-engine/index.ts';
import {
  createApprovalWorld,
  grace,
  gustav,
  OLGA,
  onlyGlobal,
  person,
  sam,
  stranger,
} from '../../support/approval-world.ts';
import { ANNA, by } from '../../support/sync-world.ts';

describe('approving an address', () => {
  it('is done for who may, audited, and shown on every copy', async () => {
    const world = await createApprovalWorld({ approval: 'pending' });
    const outcome = await world.approvals.approve({
      mailboxId: ANNA,
      actor: sam,
      context: by('sam'),
    });
    expect(outcome).toMatchObject({ kind: 'approved', ourReading: false });
    expect((await world.mailbox()).approval).toMatchObject({ state: 'approved', decidedBy: 'sam' });
    expect(await world.audit()).toEqual([
      { actor: 'sam', action: 'approve-email', outcome: 'done' },
    ]);
    expect(world.redrawn).toEqual([ANNA]);
    expect(world.kicks()).toBe(1);
  });

  it('is refused politely to a System administrator where Microsoft 365 must approve; nothing changes', async () => {
    const world = await createApprovalWorld();
    const outcome = await world.approvals.approve({
      mailboxId: OLGA,
      actor: sam,
      context: by('sam'),
    });
    expect(outcome).toMatchObject({
      kind: 'denied',
      permission: { reason: 'needs-office-administrator' },
    });
    expect((await world.mailbox(OLGA)).approval.state).toBe('pending');
    expect(await world.audit()).toEqual([
      { actor: 'sam', action: 'approve-email', outcome: 'denied' },
    ]);
  });

  it('goes by the roles that the person has at the moment of the click', async () => {
    const world = await createApprovalWorld();
    world.people.set(grace.id, { ...grace, roles: [] });
    const outcome = await world.approvals.approve({
      mailboxId: OLGA,
      actor: grace,
      context: by('grace'),
    });
    expect(outcome).toEqual({ kind: 'not-found' });
    world.people.delete(grace.id);
    expect(
      await world.approvals.approve({ mailboxId: OLGA, actor: grace, context: by('grace') }),
    ).toEqual({
      kind: 'not-found',
    });
  });

  it('says the same to who may not see the mailbox as where there is none', async () => {
    const world = await createApprovalWorld();
    const wish = { actor: stranger, context: by('stranger') };
    const unseen = await world.approvals.approve({ ...wish, mailboxId: OLGA });
    expect(unseen).toEqual(await world.approvals.approve({ ...wish, mailboxId: idOf('nobody') }));
    expect(unseen).toEqual({ kind: 'not-found' });
  });

  it('changes nothing the second time, and says so', async () => {
    const world = await createApprovalWorld();
    const wish = { mailboxId: OLGA, actor: grace };
    await world.approvals.approve({ ...wish, context: by('grace') });
    const second = await world.approvals.approve({ ...wish, context: by('grace') });
    expect(second.kind).toBe('already-approved');
    expect((await world.audit()).map(({ outcome }) => outcome)).toEqual(['done', 'no-change']);
    expect(world.eventsOf('approval-changed')).toHaveLength(1);
  });

  it('is no refusal where the address is approved already', async () => {
    const world = await createApprovalWorld();
    await world.approvals.approve({ mailboxId: OLGA, actor: grace, context: by('grace') });
    const late = { mailboxId: OLGA, actor: sam, context: by('sam') };
    expect((await world.approvals.approve(late)).kind).toBe('already-approved');
  });

  it('acts as the person, whoever the context names', async () => {
    const world = await createApprovalWorld();
    await world.approvals.approve({ mailboxId: OLGA, actor: grace, context: by('somebody-else') });
    expect((await world.mailbox(OLGA)).approval.decidedBy).toBe('grace');
  });

  it('settles the requests that wait for it', async () => {
    const world = await createApprovalWorld();
    await world.askedBy(sam);
    await world.approvals.approve({ mailboxId: OLGA, actor: grace, context: by('grace') });
    expect(await world.store.find('approvalRequests')).toMatchObject([
      { state: 'applied', decidedBy: 'grace' },
    ]);
  });

  it('needs a profile', async () => {
    const world = await createApprovalWorld();
    const wish = { mailboxId: idOf<MailboxId>('loner'), actor: grace, context: by('grace') };
    expect(await world.approvals.approve(wish)).toEqual({ kind: 'profile-missing' });
  });
});

describe('asking for an approval', () => {
  it('puts a card before everybody who really may, and nobody else', async () => {
    const world = await createApprovalWorld();
    const outcome = await world.approvals.request({
      mailboxId: OLGA,
      requestedBy: sam,
      reason: `  New\n address ${'x'.repeat(600)}`,
      key: 'press',
    });
    if (outcome.kind !== 'requested') throw new TypeError(outcome.kind);
    // A Global administrator who is no System administrator could not press the button.
    expect(outcome.asked.map(({ id }) => id).sort()).toEqual(['grace', 'gustav']);
    expect(outcome.request).toMatchObject({ state: 'pending', requestedBy: 'sam' });
    expect(outcome.request.reason).toMatch(/^New address x+$/);
    expect(outcome.request.reason).toHaveLength(500);
    const rows = await world.store.find('outbox');
    expect(new Set(rows.map(({ work }) => work))).toEqual(
      new Set(
        ['grace', 'gustav'].map((recipientId) => ({
          kind: 'send',
          recipientId,
          reference: { card: 'approval-request', requestId: outcome.request.id, mailboxId: OLGA },
        })),
      ),
    );
    expect(await world.audit()).toEqual([
      { actor: 'sam', action: 'request-approval', outcome: 'done' },
    ]);
    expect(world.kicks()).toBe(1);
  });

  it('twice is one request: by the same press, and by another one', async () => {
    const world = await createApprovalWorld();
    const wish = { mailboxId: OLGA, requestedBy: sam, reason: '' };
    const [one, two] = await Promise.all([
      world.approvals.request({ ...wish, key: 'press' }),
      world.approvals.request({ ...wish, key: 'press' }),
    ]);
    expect([one.kind, two.kind].sort()).toEqual(['already-requested', 'requested']);
    expect((await world.approvals.request({ ...wish, key: 'other' })).kind).toBe(
      'already-requested',
    );
    expect(await world.store.find('approvalRequests')).toHaveLength(1);
    expect(await world.store.find('outbox')).toHaveLength(2);
  });

  it('by the same press again does not ask anew once it was rejected; another press does', async () => {
    const world = await createApprovalWorld();
    const requestId = await world.askedBy(sam, 'press');
    await world.approvals.decide({
      requestId,
      decision: 'reject',
      actor: grace,
      context: by('grace'),
    });
    expect(await world.askedBy(sam, 'press')).toBe(requestId);
    expect(await world.askedBy(sam, 'another press')).not.toBe(requestId);
  });

  it('is open to the owner of the mailbox, not to strangers', async () => {
    const world = await createApprovalWorld();
    await world.askedBy(person('olga', []));
    const wish = { mailboxId: OLGA, requestedBy: stranger, reason: '', key: 'k' };
    expect(await world.approvals.request(wish)).toEqual({ kind: 'not-found' });
  });

  it('is not needed where it is approved, or where the asker may', async () => {
    const world = await createApprovalWorld();
    const wish = { mailboxId: OLGA, requestedBy: grace, reason: '', key: 'k' };
    expect(await world.approvals.request(wish)).toMatchObject({ kind: 'may-approve' });
    await world.engine.approve(OLGA, by());
    expect(await world.approvals.request(wish)).toMatchObject({ kind: 'already-approved' });
  });

  it('keeps nothing when there is nobody to ask', async () => {
    const world = await createApprovalWorld();
    world.people.delete(grace.id);
    world.people.delete(gustav.id);
    const wish = { mailboxId: OLGA, requestedBy: sam, reason: '', key: 'k' };
    expect(await world.approvals.request(wish)).toMatchObject({
      kind: 'nobody-to-ask',
      permission: {
        reason: 'needs-office-administrator',
        askRoles: ['global-administrator', 'exchange-administrator', 'delegated-mailbox-approver'],
      },
    });
    expect(await world.store.find('approvalRequests')).toEqual([]);
  });
});

describe('deciding a request', () => {
  it('to approve approves the address and is carried out', async () => {
    const world = await createApprovalWorld();
    const requestId = await world.askedBy(sam);
    const outcome = await world.approvals.decide({
      requestId,
      decision: 'approve',
      actor: grace,
      context: by('grace'),
    });
    expect(outcome).toMatchObject({
      kind: 'decided',
      request: { state: 'applied', decidedBy: 'grace' },
    });
    expect((await world.mailbox(OLGA)).approval).toMatchObject({
      state: 'approved',
      decidedBy: 'grace',
    });
    expect((await world.audit()).at(-1)).toEqual({
      actor: 'grace',
      action: 'approve-email',
      outcome: 'done',
    });
  });

  it('to reject leaves the address as it is', async () => {
    const world = await createApprovalWorld();
    const requestId = await world.askedBy(sam);
    const outcome = await world.approvals.decide({
      requestId,
      decision: 'reject',
      actor: grace,
      context: by('grace'),
    });
    expect(outcome).toMatchObject({ kind: 'decided', request: { state: 'rejected' } });
    expect((await world.mailbox(OLGA)).approval.state).toBe('pending');
  });

  it('changes nothing after somebody else has decided, and names the first', async () => {
    const world = await createApprovalWorld();
    const requestId = await world.askedBy(sam);
    const [first, second] = await Promise.all([
      world.approvals.decide({ requestId, decision: 'reject', actor: grace, context: by('grace') }),
      world.approvals.decide({
        requestId,
        decision: 'approve',
        actor: gustav,
        context: by('gustav'),
      }),
    ]);
    expect(first.kind).toBe('decided');
    expect(second).toMatchObject({
      kind: 'already-decided',
      request: { state: 'rejected', decidedBy: 'grace' },
    });
    expect((await world.mailbox(OLGA)).approval.state).toBe('pending');
  });

  it('is denied to who may not, and audited; to who may not see it there is no request', async () => {
    const world = await createApprovalWorld();
    const requestId = await world.askedBy(sam);
    const decision = 'approve' as const;
    expect(
      await world.approvals.decide({ requestId, decision, actor: onlyGlobal, context: by() }),
    ).toMatchObject({ kind: 'denied', permission: { reason: 'needs-system-administrator' } });
    const unseen = await world.approvals.decide({
      requestId,
      decision,
      actor: stranger,
      context: by(),
    });
    expect(unseen).toEqual({ kind: 'not-found' });
    expect(
      await world.approvals.decide({
        requestId: idOf('none'),
        decision,
        actor: grace,
        context: by(),
      }),
    ).toEqual(unseen);
    expect((await world.audit()).at(-1)).toMatchObject({ actor: 'only-global', outcome: 'denied' });
  });

  it('settles what others have asked for the same mailbox', async () => {
    const world = await createApprovalWorld();
    const requestId = await world.askedBy(sam);
    await world.askedBy(person('olga', []));
    await world.approvals.decide({ requestId, decision: 'approve', actor: grace, context: by() });
    expect((await world.store.find('approvalRequests')).map(({ state }) => state)).toEqual([
      'applied',
      'applied',
    ]);
  });

  it('is kept when the engine breaks, and carried out at the next start', async () => {
    let broken = true;
    const world = await createApprovalWorld({}, (engine) => ({
      ...engine,
      approve: (id, context) => {
        if (broken) throw new TypeError('the engine is away');
        return engine.approve(id, context);
      },
    }));
    const requestId = await world.askedBy(sam);
    await expect(
      world.approvals.decide({
        requestId,
        decision: 'approve',
        actor: grace,
        context: by('grace'),
      }),
    ).rejects.toThrow('away');
    expect(await world.store.get('approvalRequests', requestId)).toMatchObject({
      state: 'approved',
    });
    broken = false;
    await world.approvals.resume(new AbortController().signal);
    expect(await world.store.get('approvalRequests', requestId)).toMatchObject({
      state: 'applied',
      decidedBy: 'grace',
    });
    expect((await mailboxById(world.engine, OLGA))?.approval.decidedBy).toBe('grace');
  });

  it('says so when the engine refuses what was decided', async () => {
    const world = await createApprovalWorld({}, (engine) => ({
      ...engine,
      approve: async () => ({ kind: 'refused', reply: 'no' }),
    }));
    const requestId = await world.askedBy(sam);
    const outcome = await world.approvals.decide({
      requestId,
      decision: 'approve',
      actor: grace,
      context: by('grace'),
    });
    expect(outcome).toMatchObject({
      kind: 'not-applied',
      refusal: { kind: 'refused' },
      request: { state: 'approved' },
    });
    expect((await world.audit()).at(-1)).toMatchObject({ outcome: 'failed' });
  });
});

describe('the list of pending requests', () => {
  it('shows what a person may decide and what they asked for themselves', async () => {
    const world = await createApprovalWorld();
    const requestId = await world.askedBy(sam);
    const shown = async (who: Person): Promise<unknown> =>
      (await world.approvals.pending(who)).map(({ request, mayDecide }) => [request.id, mayDecide]);
    expect(await shown(grace)).toEqual([[requestId, true]]);
    expect(await shown(sam)).toEqual([[requestId, false]]);
    expect(await shown(onlyGlobal)).toEqual([]);
    expect(await shown(stranger)).toEqual([]);
  });
});
