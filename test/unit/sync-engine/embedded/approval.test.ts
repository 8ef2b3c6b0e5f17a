import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import { passed } from '../../../../services/domain/test-run.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { ANNA, by, createSyncWorld } from '../../../support/sync-world.ts';

const OLGA = idOf<typeof ANNA>('olga');

describe('"process e-mail only for approved users" and "... queues"', () => {
  it.each([
    ['a user', { kind: 'user', approvalRequired: false, approvalRequiredForQueues: true }, true],
    ['a queue', { kind: 'queue', approvalRequired: true, approvalRequiredForQueues: false }, true],
    ['a user', { kind: 'user', approvalRequired: true, approvalRequiredForQueues: false }, false],
    ['a queue', { kind: 'queue', approvalRequired: false, approvalRequiredForQueues: true }, false],
  ] as const)('decide separately: %s under %o', async (_who, settings, mayBeTested) => {
    const world = await createSyncWorld({ ...settings, approval: 'pending' });
    const answer = await world.engine.testAndEnable(ANNA, by());
    expect(answer.kind).toBe(mayBeTested ? 'started' : 'approval-missing');
    if (answer.kind === 'started') await world.finished(answer.testRunId);
  });

  it('do not count for Exchange Online, which always needs an approval', async () => {
    const world = await createSyncWorld({ approvalRequired: false });
    expect(await world.engine.testAndEnable(OLGA, by())).toEqual({ kind: 'approval-missing' });
  });
});

describe('an address that is rejected', () => {
  it('stops the mail that flowed, with the alert for a missing approval', async () => {
    const world = await createSyncWorld({ enabled: ['incoming', 'outgoing'] });
    await world.scheduler.advance(MINUTE_MS);
    const sessions = world.imap.requests.length;
    expect((await world.engine.reject(ANNA, by())).kind).toBe('rejected');
    await world.scheduler.advance(0);
    expect(world.imap.requests).toHaveLength(sessions);
    expect(world.eventsOf('direction-disabled').map(({ failure }) => failure.reason)).toEqual([
      'not-approved',
      'not-approved',
    ]);
    expect(world.eventsOf('approval-changed')).toMatchObject([{ approved: false, by: 'admin' }]);
  });

  it('may be approved after all, and then answers again', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    await world.engine.reject(ANNA, by());
    await world.scheduler.advance(0);
    expect((await world.engine.approve(ANNA, by())).kind).toBe('approved');
    await world.scheduler.advance(0);
    expect(world.eventsOf('server-answers-again')).toHaveLength(1);
  });

  it('does not stop mail where no approval is asked for', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'], approvalRequired: false });
    await world.engine.reject(ANNA, by());
    await world.scheduler.advance(HOUR_MS);
    expect(world.eventsOf('direction-disabled')).toEqual([]);
  });
});

describe('an address that the registry file has changed', () => {
  it('has lost its approval before anything is done, and it is said once', async () => {
    const world = await createSyncWorld();
    await world.tested();
    const changed = await world.restart({ address: 'a.ek@contoso.test' });
    expect(changed.events).toMatchObject([
      {
        kind: 'address-changed',
        mailboxId: ANNA,
        formerAddress: 'anna.ek@contoso.test',
        address: 'a.ek@contoso.test',
        approvalReset: true,
      },
    ]);
    expect((await changed.store.get('mailboxStates', ANNA))?.approval.state).toBe('pending');
    const again = await changed.restart({ address: 'a.ek@contoso.test' });
    expect(again.events).toEqual([]);
  });

  it('was waiting anyway: the change is said, and no approval was lost', async () => {
    const world = await createSyncWorld({ approval: 'pending', approvalRequired: false });
    await world.tested();
    const changed = await world.restart({ address: 'a.ek@contoso.test' });
    expect(changed.eventsOf('address-changed')).toMatchObject([{ approvalReset: false }]);
  });
});

describe('self-approval', () => {
  it('approves by testing, in the name of who tests, and tests at once', async () => {
    const world = await createSyncWorld();
    const answer = await world.engine.testAndEnable(OLGA, { ...by('olga'), selfApproval: true });
    if (answer.kind !== 'started') throw new TypeError(answer.kind);
    expect(passed(await world.finished(answer.testRunId))).toBe(true);
    expect(world.eventsOf('approval-changed')).toMatchObject([{ approved: true, by: 'olga' }]);
    expect((await world.mailbox(OLGA)).approval).toMatchObject({
      state: 'approved',
      decidedBy: 'olga',
    });
  });

  it('does not undo a rejection', async () => {
    const world = await createSyncWorld();
    await world.engine.reject(OLGA, by());
    const answer = await world.engine.testAndEnable(OLGA, { ...by('olga'), selfApproval: true });
    expect(answer).toEqual({ kind: 'approval-missing' });
  });

  it('changes nothing about an address that is approved', async () => {
    const world = await createSyncWorld();
    const answer = await world.engine.testAndEnable(ANNA, { ...by('anna'), selfApproval: true });
    if (answer.kind !== 'started') throw new TypeError(answer.kind);
    await world.finished(answer.testRunId);
    expect(world.eventsOf('approval-changed')).toEqual([]);
  });
});
