import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import { ADMIN, type ChangesWorld, startChangesWorld } from '../../../support/dataverse-changes.ts';

let world: ChangesWorld;
let id: MailboxId;
beforeEach(async () => {
  world = await startChangesWorld();
  id = idOf(world.mailbox.id);
});
afterEach(() => world.stop());

const kinds = (): string[] => world.events.map(({ kind }) => kind);

describe('a mailbox of Dynamics 365', () => {
  it('is deactivated and activated as the person who presses, told once, poll or no poll', async () => {
    const pressed = world.by();
    expect(await world.changes.setActive(id, false, pressed)).toMatchObject({
      kind: 'changed',
      mailbox: { id, active: false },
    });
    expect([world.now('statecode'), world.now('statuscode')]).toEqual([1, 2]);
    expect(world.now('modifiedby')).toMatchObject({ id: world.administrator.userId });
    expect((await world.changes.setActive(id, false, pressed)).kind).toBe('changed');
    expect((await world.changes.setActive(id, false, world.by())).kind).toBe('unchanged');
    await world.poll();
    expect(await world.changes.setUpChanges(id)).toMatchObject([
      { part: 'active', over: true, now: false, by: ADMIN },
    ]);
    expect((await world.changes.setActive(id, true, world.by())).kind).toBe('changed');
    expect([world.now('statecode'), world.now('statuscode')]).toEqual([0, 1]);
    await world.poll();
    expect(kinds()).toEqual(['mailbox-deactivated', 'mailbox-activated']);
    expect(world.events[0]).toMatchObject({ by: ADMIN, mailboxId: id });
    expect(await world.changes.setUpChanges(id)).toEqual([]);
  });

  it('is not activated while its user is disabled', async () => {
    world.organization.change('mailbox', id, { statecode: 1, statuscode: 2 });
    world.organization.change('systemuser', world.owner.id, { isdisabled: true });
    expect(await world.changes.setActive(id, true, world.by())).toEqual({ kind: 'owner-disabled' });
    expect(world.now('statecode')).toBe(1);
  });

  it('is left alone by who has not signed in, may not write mailboxes or is no user there', async () => {
    expect(await world.changes.setActive(id, false, world.by(null))).toEqual({
      kind: 'sign-in-required',
    });
    const reader = world.organization.addCaller({ name: 'Rea Reader', roles: ['Mailbox Medic'] });
    expect(await world.changes.setActive(id, false, world.by(reader))).toMatchObject({
      kind: 'not-permitted',
      lacks: 'privilege',
    });
    const nobody = world.organization.addCaller({ name: 'Nils Nobody' });
    expect(await world.changes.setActive(id, false, world.by(nobody))).toMatchObject({
      kind: 'not-permitted',
      lacks: 'access',
    });
    expect(world.now('statecode')).toBe(0);
    expect(kinds()).toEqual([]);
  });

  it('while its test runs is refused in the words of Dynamics 365', async () => {
    await world.patch(`mailboxes(${id})`, { testemailconfigurationscheduled: true });
    expect(await world.changes.setActive(id, false, world.by())).toEqual({
      kind: 'refused',
      reply:
        'Test email configuration scheduled is in progress. Please save after completion of test. (0x8005e248)',
    });
  });

  it('that somebody else saves at the same moment keeps what they saved', async () => {
    const before = world.organization.seen.length;
    const racing = world.whileAsked(() => {
      world.organization.change('mailbox', id, { name: 'Renamed meanwhile' });
    });
    expect((await world.changes.setActive(id, false, racing)).kind).toBe('changed');
    expect([world.now('name'), world.now('statecode')]).toEqual(['Renamed meanwhile', 1]);
    const tried = world.organization.seen.slice(before).filter(({ method }) => method === 'PATCH');
    expect(tried).toHaveLength(2);
  });

  it('is told of also where it was never read before', async () => {
    await world.parts.store.transact((transaction) => transaction.remove('seenMailboxes', id));
    expect(await world.changes.setActive(id, true, world.by())).toMatchObject({
      kind: 'unchanged',
      mailbox: { id, active: true },
    });
    expect((await world.changes.setActive(id, false, world.by())).kind).toBe('changed');
    expect(kinds()).toEqual(['mailbox-deactivated']);
  });

  it('costs one request to say what buttons changed, and is read whole once when one is pressed', async () => {
    const asked = async (ask: () => Promise<unknown>): Promise<readonly string[]> => {
      const from = world.organization.seen.length;
      await ask();
      return world.organization.seen.slice(from).map(({ path }) => path);
    };
    const row = `mailboxes(${id})`;
    // The row and the write; what was written, with all that a reading takes.
    expect(await asked(() => world.changes.setActive(id, false, world.by()))).toEqual([
      row,
      row,
      '$batch',
      'emails',
      '$batch',
    ]);
    expect(await asked(() => world.changes.setUpChanges(id))).toEqual([row]);
  });

  it('is not there: nothing is done', async () => {
    const nowhere = idOf<MailboxId>('99999999-0000-4000-8000-000000000000');
    expect(await world.changes.setActive(nowhere, false, world.by())).toEqual({
      kind: 'not-found',
    });
    expect(await world.changes.setUpChanges(nowhere)).toEqual([]);
  });
});

describe('appointments, contacts and tasks', () => {
  it('get another method, and the former one back', async () => {
    const pressed = world.by();
    const first = await world.changes.changeActMethod(id, 'none', pressed);
    expect(first).toMatchObject({
      kind: 'changed',
      before: 'server-side-synchronization',
      after: 'none',
      mailbox: { directions: { act: { method: 'none', enabled: false } } },
    });
    expect(world.now('actdeliverymethod')).toBe(2);
    expect(await world.changes.changeActMethod(id, 'none', pressed)).toMatchObject({
      kind: 'changed',
      before: 'server-side-synchronization',
    });
    expect((await world.changes.changeActMethod(id, 'none', world.by())).kind).toBe('unchanged');
    await world.poll();
    expect(kinds()).toEqual(['method-changed']);
    expect(await world.changes.setUpChanges(id)).toMatchObject([{ part: 'act', now: 'none' }]);
    const back = await world.changes.changeActMethod(id, 'as-registered', world.by());
    expect(back).toMatchObject({ after: 'server-side-synchronization' });
    expect(world.now('actdeliverymethod')).toBe(1);
    expect(await world.changes.setUpChanges(id)).toEqual([]);
  });

  it('that somebody set to Outlook in Dynamics 365 since are theirs', async () => {
    await world.changes.changeActMethod(id, 'none', world.by());
    world.organization.change('mailbox', id, { actdeliverymethod: 0 });
    const [note] = await world.changes.setUpChanges(id);
    expect(note?.overruledAt).not.toBeNull();
    expect(await world.changes.setUpChanges(id)).toEqual([note]);
    const undo = await world.changes.changeActMethod(id, 'as-registered', world.by());
    expect(undo.kind).toBe('unchanged');
    expect(world.now('actdeliverymethod')).toBe(0);
  });

  it('over POP3 are refused before Dynamics 365 is asked', async () => {
    world.organization.change('emailserverprofile', world.profile.id, { servertype: 1 });
    world.organization.change('mailbox', id, { actdeliverymethod: 2 });
    const before = world.organization.seen.length;
    expect(
      await world.changes.changeActMethod(id, 'server-side-synchronization', world.by()),
    ).toMatchObject({ kind: 'unsupported', reason: { rule: 'act-without-exchange' } });
    const methods = world.organization.seen.slice(before).map(({ method }) => method);
    expect(methods).not.toContain('PATCH');
  });
});
