import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type MailboxId, type ProfileId } from '../../../../services/domain/ids.ts';
import type { ProfileChange } from '../../../../services/domain/set-up-change.ts';
import type { Values } from '../../../support/dataverse/row.ts';
import { ADMIN, type ChangesWorld, startChangesWorld } from '../../../support/dataverse-changes.ts';

let world: ChangesWorld;
let id: MailboxId;
let profileId: ProfileId;
const URL_OF_EWS = 'https://mail.contoso.test/EWS/Exchange.asmx';

const IMAP: Values = {
  servertype: 4,
  incomingserverlocation: 'imap.contoso.test',
  incomingportnumber: 993,
  incomingusessl: true,
  outgoingserverlocation: 'smtp.contoso.test',
  outgoingportnumber: 587,
  outgoingusessl: true,
  incomingcredentialretrieval: 1,
};
const EXCHANGE: Values = {
  servertype: 0,
  useautodiscover: true,
  incomingserverlocation: null,
  outgoingserverlocation: null,
  incomingcredentialretrieval: 1,
};

async function having(values: Values): Promise<void> {
  world.organization.change('emailserverprofile', profileId, values);
  world.organization.change('mailbox', id, { actdeliverymethod: values.servertype === 4 ? 2 : 1 });
  await world.poll();
}
beforeEach(async () => {
  world = await startChangesWorld();
  id = idOf(world.mailbox.id);
  profileId = idOf(world.profile.id);
});
afterEach(() => world.stop());

const row = (): Values => world.organization.row('emailserverprofile', profileId)?.values ?? {};
const told = () => world.events.flatMap((event) => (event.kind === 'profile-changed' ? event : []));
const writes = (): number =>
  world.organization.seen.filter(({ method }) => method === 'PATCH').length;

const to = (over: Partial<Extract<ProfileChange, { kind: 'set-endpoint' }>> = {}) =>
  ({
    kind: 'set-endpoint',
    side: 'incoming',
    host: 'imap.contoso.test',
    port: 143,
    tls: 'starttls',
    ...over,
  }) as const;

describe('a profile of IMAP', () => {
  beforeEach(async () => {
    await having(IMAP);
  });

  it('gets another port in Dynamics 365, as the person, told once; and the former one back', async () => {
    const events = told().length;
    const check = await world.changes.checkProfileChange(profileId, to());
    expect(check).toMatchObject({
      kind: 'possible',
      before: { incoming: { port: 993, tls: 'implicit' } },
      after: { incoming: { port: 143, tls: 'starttls' } },
      mailboxCount: 1,
    });
    expect(writes()).toBe(0);
    const pressed = world.by();
    expect(await world.changes.changeProfile(profileId, to(), pressed)).toMatchObject({
      kind: 'changed',
      after: { incoming: { port: 143 }, outgoing: { host: 'smtp.contoso.test', port: 587 } },
    });
    expect(row()).toMatchObject({ ...IMAP, incomingportnumber: 143 });
    expect(row().modifiedby).toMatchObject({ id: world.administrator.userId });
    expect(await world.changes.changeProfile(profileId, to(), pressed)).toMatchObject({
      kind: 'changed',
      before: { incoming: { port: 993 } },
      after: { incoming: { port: 143 } },
      mailboxCount: 1,
    });
    expect((await world.changes.changeProfile(profileId, to(), world.by())).kind).toBe('unchanged');
    await world.poll();
    expect(told().slice(events)).toMatchObject([{ part: 'incoming', mailboxIds: [id], by: ADMIN }]);
    expect(await world.changes.setUpChanges(id)).toMatchObject([
      { part: 'incoming', over: { port: 993 }, now: { port: 143 }, by: ADMIN },
    ]);
    // A change that stands is no note to be taken.
    await world.changes.forgetOverruled(profileId, 'incoming', world.by());
    expect(await world.changes.setUpChanges(id)).toHaveLength(1);

    const undo = { kind: 'undo', part: 'incoming' } as const;
    expect((await world.changes.changeProfile(profileId, undo, world.by())).kind).toBe('changed');
    expect(row()).toMatchObject(IMAP);
    expect(await world.changes.setUpChanges(id)).toEqual([]);
    expect((await world.changes.changeProfile(profileId, undo, world.by())).kind).toBe('unchanged');
  });

  it('counts its mailboxes also before they were ever seen', async () => {
    const { store } = world.parts;
    await store.transact((transaction) => transaction.remove('seenMailboxes', id));
    expect(await world.changes.checkProfileChange(profileId, to())).toMatchObject({
      mailboxCount: 1,
    });
  });

  it.each([
    [to({ host: '127.0.0.1' }), 'own-machine'],
    [to({ port: 22 }), 'port-of-others'],
    [{ kind: 'fix-location', url: URL_OF_EWS }, 'other-server-type'],
  ] as const)('is not changed to %j', async (change, because) => {
    const answer = await world.changes.changeProfile(profileId, change, world.by());
    expect(answer).toMatchObject({ kind: 'not-allowed', because });
    expect(writes()).toBe(0);
  });

  it('is not made less secure, also by an undo', async () => {
    world.organization.change('emailserverprofile', profileId, {
      incomingusessl: false,
      incomingportnumber: 143,
    });
    const secure = to({ port: 993, tls: 'implicit' });
    expect((await world.changes.changeProfile(profileId, secure, world.by())).kind).toBe('changed');
    const undo = { kind: 'undo', part: 'incoming' } as const;
    expect(await world.changes.changeProfile(profileId, undo, world.by())).toMatchObject({
      kind: 'not-allowed',
      because: 'less-secure',
    });
  });

  it('keeps what somebody else writes at the same moment', async () => {
    const renaming = world.whileAsked(() => {
      world.organization.change('emailserverprofile', profileId, { name: 'Renamed' });
    });
    const answer = await world.changes.changeProfile(profileId, to(), renaming);
    expect(answer).toMatchObject({ kind: 'changed', after: { name: 'Renamed' } });
    expect(row()).toMatchObject({ name: 'Renamed', incomingportnumber: 143 });
  });

  it('that somebody else points elsewhere at the same moment is theirs', async () => {
    const moving = world.whileAsked(() => {
      world.organization.change('emailserverprofile', profileId, { incomingportnumber: 1993 });
    });
    expect(await world.changes.changeProfile(profileId, to(), moving)).toEqual({
      kind: 'overtaken',
    });
    expect(row().incomingportnumber).toBe(1993);
    expect(await world.changes.setUpChanges(id)).toEqual([]);
  });

  it('that is changed in Dynamics 365 afterwards counts, and the note of it can be taken', async () => {
    await world.changes.changeProfile(profileId, to(), world.by());
    world.organization.change('emailserverprofile', profileId, { incomingportnumber: 1993 });
    const [note] = await world.changes.setUpChanges(id);
    expect(note?.overruledAt).not.toBeNull();
    const undo = { kind: 'undo', part: 'incoming' } as const;
    expect((await world.changes.checkProfileChange(profileId, undo)).kind).toBe('unchanged');
    expect(row().incomingportnumber).toBe(1993);
    await world.changes.forgetOverruled(profileId, 'incoming', world.by());
    expect(await world.changes.setUpChanges(id)).toEqual([]);
  });

  it('that is changed back in Dynamics 365 leaves no note', async () => {
    await world.changes.changeProfile(profileId, to(), world.by());
    world.organization.change('emailserverprofile', profileId, IMAP);
    expect(await world.changes.setUpChanges(id)).toEqual([]);
  });

  it('is left alone by who has not signed in or lacks the privilege', async () => {
    expect(await world.changes.changeProfile(profileId, to(), world.by(null))).toEqual({
      kind: 'sign-in-required',
    });
    const reader = world.organization.addCaller({ name: 'Rea Reader', roles: ['Mailbox Medic'] });
    const refused = await world.changes.changeProfile(profileId, to(), world.by(reader));
    expect(refused).toMatchObject({ kind: 'not-permitted', lacks: 'privilege' });
    expect(row().incomingportnumber).toBe(993);
    const nowhere = idOf<ProfileId>('99999999-0000-4000-8000-000000000000');
    expect(await world.changes.changeProfile(nowhere, to(), world.by())).toEqual({
      kind: 'not-found',
    });
  });
});

describe('a profile of Exchange Server', () => {
  beforeEach(async () => {
    await having(EXCHANGE);
  });

  it('is given its address, told as one change, and searches again when that is undone', async () => {
    const events = told().length;
    const fix = { kind: 'fix-location', url: URL_OF_EWS } as const;
    expect(await world.changes.changeProfile(profileId, fix, world.by())).toMatchObject({
      kind: 'changed',
      before: { autodiscover: true },
      after: { autodiscover: false, location: URL_OF_EWS, incoming: { host: 'mail.contoso.test' } },
    });
    expect(row()).toMatchObject({
      useautodiscover: false,
      incomingserverlocation: URL_OF_EWS,
      outgoingserverlocation: URL_OF_EWS,
    });
    await world.poll();
    expect(told().slice(events)).toMatchObject([{ part: 'location', by: ADMIN }]);
    const undo = { kind: 'undo', part: 'location' } as const;
    expect((await world.changes.changeProfile(profileId, undo, world.by())).kind).toBe('changed');
    expect(row()).toMatchObject(EXCHANGE);
  });

  it('keeps another address for sending, and a default one where that is used', async () => {
    const other = 'https://send.contoso.test/EWS/Exchange.asmx';
    await having({
      servertype: 0,
      useautodiscover: false,
      incomingserverlocation: 'https://old.contoso.test/EWS/Exchange.asmx',
      outgoingserverlocation: other,
    });
    const fix = { kind: 'fix-location', url: URL_OF_EWS } as const;
    await world.changes.changeProfile(profileId, fix, world.by());
    expect(row()).toMatchObject({
      incomingserverlocation: URL_OF_EWS,
      outgoingserverlocation: other,
    });
    await having({
      servertype: 0,
      incomingserverlocation: null,
      outgoingserverlocation: null,
      defaultserverlocation: 'https://old.contoso.test/EWS/Exchange.asmx',
    });
    await world.changes.changeProfile(profileId, fix, world.by());
    expect(row()).toMatchObject({
      incomingserverlocation: null,
      defaultserverlocation: URL_OF_EWS,
    });
  });
});
