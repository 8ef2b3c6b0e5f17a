import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

let world: DataverseWorld;
let path: string;
const TEST = { testemailconfigurationscheduled: true };

beforeEach(async () => {
  world = await startDataverseWorld();
  path = `mailboxes(${world.mailbox.id})`;
});
afterEach(() => world.stop());

const approveAll = (): void => {
  const { organization, mailbox } = world;
  organization.change('mailbox', mailbox.id, { emailrouteraccessapproval: 1 });
};
const enabled = (): unknown[] =>
  ['enabledforincomingemail', 'enabledforoutgoingemail', 'enabledforact'].map((column) =>
    world.now(column),
  );
const statuses = (): unknown[] =>
  ['incomingemailstatus', 'outgoingemailstatus', 'actstatus', 'mailboxstatus'].map((column) =>
    world.now(column),
  );
const alerts = async (): Promise<unknown[]> => {
  const filter = `_regardingobjectid_value eq ${world.mailbox.id} and level eq 3`;
  const { rows } = await world.get(`tracelogs?$select=text&$filter=${filter}`);
  return rows.map(({ text }) => text);
};

describe('Test & enable', () => {
  it('takes its time on the clock, and enables what passes', async () => {
    approveAll();
    expect((await world.patch(path, TEST)).status).toBe(204);
    expect(world.now('testandenablelastattemptedby')).toMatchObject({
      id: world.administrator.userId,
    });
    await world.clock.advance(119_000);
    expect([world.now('testemailconfigurationscheduled'), ...enabled()]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await world.clock.advance(1_000);
    expect(world.now('testemailconfigurationscheduled')).toBe(false);
    expect(world.now('testmailboxaccesscompletedon')).toBe('2026-11-23T08:02:00Z');
    expect([enabled(), statuses()]).toEqual([
      [true, true, true],
      [1, 1, 1, 1],
    ]);
    expect(await alerts()).toEqual([]);
  });

  it('has a result per direction, with the documented words for what fails', async () => {
    approveAll();
    world.organization.tests.script(world.mailbox.id, {
      results: { outgoing: 'mailbox-credentials', act: 'connection' },
      takesMs: 5_000,
    });
    await world.patch(path, TEST);
    await world.clock.advance(5_000);
    expect([enabled(), statuses()]).toEqual([
      [true, false, false],
      [1, 2, 2, 2],
    ]);
    expect(await alerts()).toEqual([
      'The email message "Test Message" cannot be sent. Make sure that the credentials specified in the mailbox Berit\'s mailbox are correct and have sufficient permissions for sending email. Then, enable the mailbox for email processing.',
      "Mailbox Berit's mailbox didn't synchronize appointments, contacts, and tasks because an error occurred while connecting to the Microsoft Exchange server. The owner of the associated email server profile Microsoft Exchange Online has been notified.",
    ]);
  });

  it('does not run a direction that is not for server-side synchronization', async () => {
    approveAll();
    await world.patch(path, { ...TEST, actdeliverymethod: 2 });
    await world.clock.advance(120_000);
    expect([enabled(), statuses()]).toEqual([
      [true, true, false],
      [1, 1, 0, 1],
    ]);
  });

  it('fails for a missing approval where the organization wants one', async () => {
    await world.patch(path, TEST);
    await world.clock.advance(120_000);
    expect(enabled()).toEqual([false, false, false]);
    expect((await alerts())[0]).toMatch(/requires an approval by an Office 365 administrator\./);
    const { organizationId } = world.organization;
    world.organization.change('organization', organizationId, {
      requireapprovalforuseremail: false,
    });
    await world.patch(path, TEST);
    await world.clock.advance(120_000);
    expect(enabled()).toEqual([true, true, true]);
  });

  it('approves the own address of who tests, unless the organization wants a privilege', async () => {
    const as = world.organization.addCaller({
      name: 'Berit Berg',
      roles: ['System Administrator'],
      values: { domainname: 'berit@contoso.com' },
    });
    const own = { table: 'systemuser', id: as.userId };
    world.organization.change('mailbox', world.mailbox.id, { regardingobjectid: own });
    const { organizationId } = world.organization;
    const name = 'RequirePrivilegeToSelfApproveEmailAddress';
    const orgdborgsettings = `<OrgSettings><${name}>true</${name}></OrgSettings>`;
    world.organization.change('organization', organizationId, { orgdborgsettings });
    await world.patch(path, TEST, { as });
    await world.clock.advance(120_000);
    expect(world.now('emailrouteraccessapproval')).toBe(2);
    world.organization.change('organization', organizationId, { orgdborgsettings: null });
    await world.patch(path, TEST, { as });
    await world.clock.advance(120_000);
    expect([world.now('emailrouteraccessapproval'), ...enabled()]).toEqual([1, true, true, true]);
  });

  it('cannot be disturbed by a save while it runs', async () => {
    await world.patch(path, TEST);
    const { status, error } = await world.patch(path, { username: 'x' });
    expect([status, error]).toEqual([
      400,
      {
        code: '0x8005e248',
        message:
          'Test email configuration scheduled is in progress. Please save after completion of test.',
      },
    ]);
    expect((await world.patch(path, TEST)).error.code).toBe('0x8005e248');
    await world.clock.advance(120_000);
    expect((await world.patch(path, { username: 'x' })).status).toBe(204);
  });

  it('fails for ACT while another organization is primary, until this one is marked', async () => {
    approveAll();
    world.organization.tests.primaryElsewhere(world.mailbox.id);
    await world.patch(path, TEST);
    await world.clock.advance(120_000);
    expect([enabled(), world.now('isactsyncorgflagset')]).toEqual([[true, true, false], false]);
    expect((await alerts())[0]).toContain('configured with another Microsoft Dynamics 365 organ');
    await world.patch(path, { ...TEST, orgmarkedasprimaryforexchangesync: true });
    await world.clock.advance(120_000);
    expect([enabled(), world.now('isactsyncorgflagset')]).toEqual([[true, true, true], true]);
  });

  it('never ends while background operations are off', async () => {
    world.organization.tests.backgroundOperations = false;
    await world.patch(path, TEST);
    await world.clock.advance(3_600_000);
    expect(world.now('testemailconfigurationscheduled')).toBe(true);
  });
});
