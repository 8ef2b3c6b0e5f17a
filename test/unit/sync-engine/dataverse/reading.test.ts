import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  idOf,
  type MailboxId,
  type OrganizationId,
  type ProfileId,
  type UserId,
} from '../../../../services/domain/ids.ts';
import { healthOf, type Mailbox } from '../../../../services/domain/mailbox.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/domain/time.ts';
import { mailboxById } from '../../../../services/sync-engine/index.ts';
import { type ReadingWorld, startReadingWorld } from '../../../support/dataverse-reading.ts';

let world: ReadingWorld;
let id: MailboxId;
beforeEach(async () => {
  world = await startReadingWorld();
  id = idOf(world.mailbox.id);
  world.organization.change('mailbox', id, {
    emailrouteraccessapproval: 1,
    isemailaddressapprovedbyo365admin: true,
    enabledforincomingemail: true,
    enabledforoutgoingemail: true,
    enabledforact: true,
    incomingemailstatus: 1,
    outgoingemailstatus: 1,
    actstatus: 1,
    transientfailurecount: 0,
  });
});
afterEach(() => world.stop());

const read = async (): Promise<Mailbox> => {
  const mailbox = await mailboxById(world.reading, id);
  if (mailbox === undefined) throw new Error('no mailbox');
  return mailbox;
};

const email = (values: object = {}, from: object | null = { table: 'mailbox', id }): string =>
  world.organization.add('email', {
    subject: 'An offer',
    torecipients: 'kim@example.com;lee@example.com;',
    directioncode: true,
    statecode: 1,
    statuscode: 6,
    ...(from !== null && { sendermailboxid: from as never }),
    ...values,
  }).id;

describe('the organization and the profile', () => {
  it('are read from their rows', async () => {
    world.organization.change('organization', world.organization.organizationId, {
      orgdborgsettings:
        '<OrgSettings><RequirePrivilegeToSelfApproveEmailAddress>true</RequirePrivilegeToSelfApproveEmailAddress></OrgSettings>',
    });
    const own = idOf<OrganizationId>(world.organization.organizationId);
    expect(await world.reading.organization(own)).toMatchObject({
      id: own,
      name: 'Contoso',
      approval: { requiredForUsers: true, selfApprovalNeedsPrivilege: true },
    });
    expect(await world.reading.organization(idOf('another'))).toBeUndefined();
    expect(await world.reading.profile(idOf<ProfileId>(world.profile.id))).toMatchObject({
      id: world.profile.id,
      serverType: 'exchange-online',
    });
    expect(await world.reading.profile(idOf(world.mailbox.id))).toBeUndefined();
  });

  it('of many cards are asked for together', async () => {
    const requests = await world.requestsOf(() =>
      Promise.all(Array.from({ length: 40 }, () => world.reading.profile(idOf(world.profile.id)))),
    );
    expect(requests).toBe(2);
  });
});

describe('a mailbox that fails', () => {
  it('has an open alert for each direction that was disabled, and the reason', async () => {
    await world.clock.advance(MINUTE_MS);
    world.organization.synchronization.disable(id, 'mailbox-credentials', ['incoming', 'act']);
    const mailbox = await read();
    expect(healthOf(mailbox)).toBe('disabled');
    expect(mailbox.directions.incoming).toMatchObject({
      disabledAt: '2026-11-23T08:01:00.000Z',
      lastFailure: { reason: 'credentials-rejected', stage: 'authenticate', nature: 'permanent' },
    });
    expect(mailbox.directions.outgoing).toMatchObject({ disabledAt: null, lastFailure: null });
    const alerts = await world.reading.openAlerts(id);
    expect(alerts.map(({ direction, topic, level }) => [direction, topic, level]).sort()).toEqual([
      ['act', 'unauthorized-401', 'error'],
      ['incoming', 'unauthorized-401', 'error'],
    ]);
  });

  it('has none open any more once its test has passed', async () => {
    world.organization.synchronization.disable(id, 'mailbox-credentials');
    await world.clock.advance(MINUTE_MS);
    await world.patch(`mailboxes(${id})`, { testemailconfigurationscheduled: true });
    await world.clock.advance(10 * MINUTE_MS);
    expect(healthOf(await read())).toBe('healthy');
    expect(await world.reading.openAlerts(id)).toEqual([]);
    const wall = await world.reading.alerts({
      wall: { of: 'mailbox', mailboxId: id },
      state: 'any',
      limit: 10,
    });
    expect(wall.map(({ open }) => open)).toEqual([false, false, false]);
  });

  it('is retried while a warning holds: until it succeeds, and no longer than retries last', async () => {
    world.organization.change('mailbox', id, { transientfailurecount: 7 });
    world.organization.synchronization.warn(id, {
      level: 'warning',
      text: "An error occurred in receiving email for the mailbox Berit's mailbox while connecting to the email server. The owner of the associated email server profile Exchange has been notified. The system will try to receive email again later.",
    });
    await world.clock.advance(MINUTE_MS);
    expect(healthOf(await read())).toBe('retrying');
    expect((await world.reading.openAlerts(id)).map(({ nature }) => nature)).toEqual(['transient']);
    world.organization.change('mailbox', id, {
      lastsuccessfulsynccompletedon: '2026-11-23T08:00:30Z',
    });
    expect(healthOf(await read())).toBe('healthy');
    world.organization.change('mailbox', id, { lastsuccessfulsynccompletedon: null });
    expect(healthOf(await read())).toBe('retrying');
    await world.clock.advance(4 * HOUR_MS);
    expect(await world.reading.openAlerts(id)).toEqual([]);
  });

  it('needs no trace log to be read while it is healthy', async () => {
    await read();
    const seen = world.organization.seen.length;
    await read();
    const paths = world.organization.seen.slice(seen).map(({ path }) => path);
    expect(paths.some((path) => path.includes('tracelogs'))).toBe(false);
    expect(paths).toHaveLength(2);
  });

  it('is explained by the alert of its profile where it has none of its own', async () => {
    world.organization.change('mailbox', id, {
      enabledforincomingemail: false,
      incomingemailstatus: 2,
    });
    world.organization.traces.write(world.profile, {
      level: 'error',
      text: 'Email cannot be received because the credentials specified in the associated email server profile are incorrect or have insufficient permissions for receiving email. The owner of the email server profile Exchange has been notified.',
    });
    expect((await read()).directions.incoming.lastFailure).toMatchObject({
      scope: 'profile',
      reason: 'credentials-rejected',
    });
    expect(await world.reading.openAlerts(id)).toEqual([
      expect.objectContaining({ topic: 'bad-credentials', scope: 'profile', mailboxId: id }),
    ]);
  });
});

describe('what was known before', () => {
  it('completes what a row says: who approved, and why and since when a direction fails', async () => {
    const { store } = world.parts;
    world.organization.synchronization.disable(id, 'mailbox-credentials', ['incoming']);
    const before = await read();
    const decidedBy = idOf<UserId>('bbbbbbbb-0000-4000-8000-000000000007');
    const approval = { ...before.approval, decidedBy, decidedAt: '2026-11-20T08:00:00.000Z' };
    await store.transact((transaction) =>
      transaction.put('seenMailboxes', {
        id,
        organizationId: before.organizationId,
        profileId: before.profileId,
        mailbox: { ...before, approval },
        fingerprint: null,
        readAt: '2026-11-23T08:00:00.000Z',
      }),
    );
    await world.clock.advance(HOUR_MS);
    for (const log of world.organization.rows('tracelog')) {
      world.organization.remove('tracelog', log.id);
    }
    const after = await read();
    expect(after.approval).toEqual(approval);
    expect(after.directions.incoming).toMatchObject({
      disabledAt: before.directions.incoming.disabledAt,
      lastFailure: { reason: 'credentials-rejected' },
    });
  });
});

describe('walls of alerts', () => {
  const wall = async (
    of: Parameters<typeof world.reading.alerts>[0]['wall'],
  ): Promise<readonly object[]> =>
    (await world.reading.alerts({ wall: of, state: 'any', limit: 20 })).map(({ alert, open }) => ({
      topic: alert.topic,
      open,
      affected: alert.affected,
    }));

  it('show what holds first, in the words of Dynamics 365', async () => {
    const text = 'The frobnicator has lost its cycle.';
    world.organization.synchronization.warn(id, { level: 'information', text });
    await world.clock.advance(MINUTE_MS);
    world.organization.synchronization.disable(id, 'approval-missing', ['incoming']);
    const [first, second] = await world.reading.alerts({
      wall: { of: 'mailbox', mailboxId: id },
      state: 'any',
      limit: 20,
    });
    expect(first?.alert).toMatchObject({
      topic: 'o365-approval',
      text: expect.stringContaining(
        "of the mailbox Berit's mailbox requires an approval",
      ) as string,
    });
    expect(second?.alert).toMatchObject({ level: 'information', text });
  });

  it("of a profile say how many mailboxes suffer, and hang on its owner's as well", async () => {
    const owner = 'bbbbbbbb-0000-4000-8000-000000000001';
    world.organization.change('systemuser', world.owner.id, {
      azureactivedirectoryobjectid: owner,
    });
    world.organization.change('emailserverprofile', world.profile.id, {
      ownerid: { table: 'systemuser', id: world.owner.id },
    });
    const text =
      'Email cannot be received because the credentials specified in the associated email server profile are incorrect or have insufficient permissions for receiving email. The owner of the email server profile Exchange has been notified.';
    world.organization.traces.write(world.profile, { level: 'error', text });
    const profile = { of: 'profile', profileId: idOf<ProfileId>(world.profile.id) } as const;
    expect(await wall(profile)).toEqual([
      { topic: 'bad-credentials', open: false, affected: undefined },
    ]);
    world.organization.change('mailbox', id, {
      enabledforincomingemail: false,
      incomingemailstatus: 2,
    });
    expect(await wall(profile)).toEqual([{ topic: 'bad-credentials', open: true, affected: 1 }]);
    const person = { of: 'person', userId: idOf<UserId>(owner) } as const;
    expect(await wall(person)).toEqual([{ topic: 'bad-credentials', open: true, affected: 1 }]);
    const stranger = {
      of: 'person',
      userId: idOf<UserId>('bbbbbbbb-0000-4000-8000-000000000002'),
    } as const;
    expect(await wall(stranger)).toEqual([]);
  });
});

describe('e-mail that waits', () => {
  it('belongs to the mailbox that sends it, or to whose user it is from', async () => {
    world.organization.change('mailbox', id, { enabledforoutgoingemail: false });
    const first = email({ createdon: '2026-11-20T10:00:00Z', deliveryattempts: 2 });
    const second = email(
      {
        createdon: '2026-11-21T10:00:00Z',
        emailsender: { table: 'systemuser', id: world.owner.id },
      },
      null,
    );
    email({ statuscode: 3 });
    email({ directioncode: false });
    email(
      { emailsender: { table: 'systemuser', id: world.owner.id } },
      {
        table: 'mailbox',
        id: world.organization.add('mailbox', { name: 'Other' }).id,
      },
    );
    expect((await read()).pendingSend).toBe(2);
    const messages = await world.reading.pendingMessages(id);
    expect(messages).toEqual([
      {
        message: expect.objectContaining({
          id: first,
          mailboxId: id,
          subject: 'An offer',
          to: ['kim@example.com', 'lee@example.com'],
          submittedAt: '2026-11-20T10:00:00.000Z',
          state: 'pending-send',
          attempts: 2,
        }) as object,
        why: 'outgoing-not-enabled',
      },
      { message: expect.objectContaining({ id: second }) as object, why: 'outgoing-not-enabled' },
    ]);
    expect(await world.reading.waitingByDay(id)).toEqual([
      { day: '2026-11-20', waiting: 1, held: 0 },
      { day: '2026-11-21', waiting: 1, held: 0 },
    ]);
  });

  it('of hundreds of failing mailboxes is counted, and their failures explained, with few requests', async () => {
    const profileId = idOf<ProfileId>(world.profile.id);
    for (let at = 0; at < 250; at += 1) {
      const mailbox = world.organization.add('mailbox', {
        name: `Box ${at}`,
        incomingemaildeliverymethod: 2,
        enabledforincomingemail: false,
        incomingemailstatus: 2,
        transientfailurecount: 0,
        emailserverprofile: { table: 'emailserverprofile', id: profileId },
      });
      world.organization.traces.failure(mailbox, 'mailbox-credentials', 'incoming');
    }
    const requests = await world.requestsOf(async () => {
      const hits = await world.reading.findMailboxes({ by: 'profile', profileId });
      const reasons = hits.map(({ mailbox }) => mailbox.directions.incoming.lastFailure?.reason);
      expect(reasons.filter((reason) => reason === 'credentials-rejected')).toHaveLength(250);
    });
    expect(requests).toBeLessThanOrEqual(6);
  });

  it('of 300 mailboxes is counted with one request', async () => {
    const profileId = idOf<ProfileId>(world.profile.id);
    for (let at = 0; at < 300; at += 1) {
      const mailbox = world.organization.add('mailbox', {
        name: `Box ${at}`,
        transientfailurecount: 0,
        emailserverprofile: { table: 'emailserverprofile', id: profileId },
      });
      if (at % 3 === 0) email({}, { table: 'mailbox', id: mailbox.id });
    }
    const requests = await world.requestsOf(async () => {
      const hits = await world.reading.findMailboxes({ by: 'profile', profileId });
      expect(hits.filter(({ mailbox }) => mailbox.pendingSend === 1)).toHaveLength(100);
    });
    expect(requests).toBeLessThanOrEqual(5);
  });
});

describe('what the mailbox has done', () => {
  it('is told by its statistics, the newest first', async () => {
    const { synchronization } = world.organization;
    const at = (time: string): string => `2026-11-23T${time}Z`;
    synchronization.turn(id, {
      operationtypeid: 0,
      processresult: true,
      itemsprocessed: 4,
      itemsfailed: 1,
      mailboxprocessscheduledon: at('07:00:00'),
      mailboxprocessstartedon: at('07:01:00'),
      mailboxprocesscompletedon: at('07:02:00'),
    });
    synchronization.turn(id, {
      operationtypeid: 1,
      processresult: false,
      crmitemsbacklog: 3,
      mailboxprocessstartedon: at('07:05:00'),
      mailboxprocesscompletedon: at('07:06:00'),
    });
    synchronization.turn(id, { operationtypeid: 2 });
    expect(await world.reading.processedTurns(id)).toEqual([
      expect.objectContaining({ direction: 'outgoing', outcome: 'failed', backlog: 3 }),
      expect.objectContaining({
        direction: 'incoming',
        outcome: 'passed',
        itemsProcessed: 4,
        itemsFailed: 1,
        scheduledAt: '2026-11-23T07:00:00.000Z',
      }),
    ]);
  });

  it("counts towards Exchange Online's limits as far as Dynamics 365 has seen it", async () => {
    const used = async (): Promise<readonly number[]> =>
      (await world.reading.limits(id)).map((limit) => limit.used);
    expect(await used()).toEqual([0, 0, 0]);
    email({ statuscode: 3, senton: '2026-11-23T07:59:30Z' });
    email({ statuscode: 3, senton: '2026-11-22T09:00:00Z' });
    email({ statuscode: 3, senton: '2026-11-22T06:00:00Z' });
    world.organization.synchronization.turn(id, {
      operationtypeid: 0,
      itemsprocessed: 2_900,
      mailboxprocesscompletedon: '2026-11-23T07:30:00Z',
    });
    world.organization.synchronization.turn(id, {
      operationtypeid: 1,
      itemsprocessed: 100,
      mailboxprocesscompletedon: '2026-11-23T07:31:00Z',
    });
    expect(await used()).toEqual([2_900, 4, 1]);
    expect((await world.reading.limits(id))[0]?.level).toBe('near');
    world.organization.change('emailserverprofile', world.profile.id, { servertype: 1 });
    await world.clock.advance(2 * MINUTE_MS);
    expect(await world.reading.limits(id)).toEqual([]);
  });
});
