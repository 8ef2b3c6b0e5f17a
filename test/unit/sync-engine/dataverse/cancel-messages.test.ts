import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import { HOUR_MS, instantOf } from '../../../../services/domain/time.ts';
import { ADMIN, type ChangesWorld, startChangesWorld } from '../../../support/dataverse-changes.ts';

let world: ChangesWorld;
let id: MailboxId;
beforeEach(async () => {
  world = await startChangesWorld();
  id = idOf(world.mailbox.id);
});
afterEach(() => world.stop());

function email(statuscode = 6): string {
  return world.organization.add('email', {
    subject: 'An offer',
    torecipients: 'kim@example.com;',
    directioncode: true,
    statecode: 1,
    statuscode,
    sendermailboxid: { table: 'mailbox', id },
  }).id;
}

const statusOf = (message: string) => world.organization.row('email', message)?.values.statuscode;
const waited = () =>
  world.events.flatMap((event) => (event.kind === 'waiting-messages-changed' ? event : []));

describe('messages that wait in Dynamics 365', () => {
  it('and are older than a moment are cancelled, once for one key, told once', async () => {
    const old = [email(), email()];
    await world.clock.advance(HOUR_MS);
    const before = instantOf(world.clock.now());
    await world.clock.advance(HOUR_MS);
    const young = email();
    const pressed = world.by();
    expect(await world.changes.cancelMessages(id, before, pressed)).toMatchObject({
      kind: 'changed',
      count: 2,
      mailbox: { pendingSend: 1 },
    });
    expect([...old, young].map(statusOf)).toEqual([5, 5, 6]);
    expect(await world.changes.cancelMessages(id, before, pressed)).toMatchObject({ count: 2 });
    await world.poll();
    expect(waited()).toMatchObject([{ change: 'cancelled', count: 2, by: ADMIN }]);
    expect(await world.changes.cancelMessages(id, null, world.by())).toMatchObject({ count: 1 });
  });

  it('and begin to be sent meanwhile are left alone', async () => {
    const sending = email(7);
    const message = email();
    const racing = world.whileAsked(() => {
      world.organization.change('email', message, { statuscode: 7 });
    });
    expect(await world.changes.cancelMessages(id, null, racing)).toMatchObject({ count: 0 });
    expect([sending, message].map(statusOf)).toEqual([7, 7]);
    expect(waited()).toEqual([]);
  });

  it('are not cancelled by who has not signed in or may not', async () => {
    const message = email();
    expect(await world.changes.cancelMessages(id, null, world.by(null))).toEqual({
      kind: 'sign-in-required',
    });
    const reader = world.organization.addCaller({ name: 'Rea Reader', roles: ['Mailbox Medic'] });
    expect(await world.changes.cancelMessages(id, null, world.by(reader))).toMatchObject({
      kind: 'not-permitted',
      lacks: 'privilege',
    });
    expect(statusOf(message)).toBe(6);
  });

  it('cannot be held back or handed in: Dynamics 365 knows no such thing', async () => {
    const message = email();
    const notOffered = { kind: 'not-offered' };
    expect(await world.changes.holdMessages(id, null, world.by())).toEqual(notOffered);
    expect(await world.changes.releaseMessages(id, null, world.by())).toEqual(notOffered);
    const letter = { mailboxId: id, subject: 'x', to: ['kim@example.com'], text: 'x' };
    expect(await world.changes.submit(letter, world.by())).toEqual(notOffered);
    expect(statusOf(message)).toBe(6);
  });
});
