import { describe, expect, it } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import type { Mailbox } from '../../../services/domain/mailbox.ts';
import type { Deployment, Organization } from '../../../services/domain/organization.ts';
import {
  mayAdminister,
  mayApprove,
  mayDecideWaiting,
  maySee,
  maySelfApprove,
  mayTestAndEnable,
  needsApproval,
} from '../../../services/domain/permission.ts';
import type { Person, Role } from '../../../services/domain/person.ts';
import type { EmailServerProfile, ServerType } from '../../../services/domain/profile.ts';
import { mailboxOf, stateOf } from '../../../services/sync-engine/embedded/mailbox-records.ts';
import { registryOf } from '../../support/sync-registry.ts';

const registry = registryOf();
const [template] = registry.profiles.values();
const [anna] = registry.mailboxes.values();

function person(roles: readonly Role[], approves = true): Person {
  return {
    id: idOf('someone'),
    name: 'Someone',
    email: 'someone@contoso.test',
    roles,
    privileges: approves ? ['approve-email-addresses'] : [],
  };
}
const profileOf = (serverType: ServerType): EmailServerProfile => ({
  ...template!.profile,
  serverType,
});
const organizationOf = (deployment: Deployment, required = true): Organization => ({
  id: idOf('contoso'),
  name: 'Contoso',
  deployment,
  tenantId: null,
  fips: false,
  approval: {
    requiredForUsers: required,
    requiredForQueues: required,
    selfApprovalNeedsPrivilege: false,
  },
  tls: { allowCredentialsOverInsecureChannel: false, allowUnencryptedServers: false },
  performance: { intermittentFrom: 1, permanentFrom: 5 },
});
const mailbox = (over: Partial<Mailbox> = {}): Mailbox => ({
  ...mailboxOf(anna!, stateOf(anna!, undefined), 0),
  ...over,
});

const GLOBAL = 'global-administrator';
const EXCHANGE = 'exchange-administrator';
const DELEGATED = 'delegated-mailbox-approver';
const SYSTEM = 'system-administrator';

describe('who may approve an address (domain.md §4.10)', () => {
  it.each<[Deployment, ServerType, readonly Role[], boolean]>([
    ['online', 'exchange-online', [GLOBAL, SYSTEM], true],
    ['online', 'exchange-online', [EXCHANGE, SYSTEM], true],
    ['online', 'exchange-online', [DELEGATED, SYSTEM], true],
    ['online', 'exchange-online', [SYSTEM], false],
    ['online', 'exchange-online', [GLOBAL], false],
    ['online', 'exchange-online', [EXCHANGE], false],
    ['online', 'exchange-online', [DELEGATED], false],
    ['online', 'exchange-online', [], false],
    ['online', 'exchange-server', [SYSTEM], true],
    ['online', 'exchange-server', [GLOBAL], false],
    ['online', 'imap-smtp', [SYSTEM], true],
    ['online', 'pop3-smtp', [GLOBAL, EXCHANGE], false],
    ['on-premises', 'imap-smtp', [SYSTEM], true],
    ['on-premises', 'exchange-online', [SYSTEM], true],
    ['on-premises', 'imap-smtp', [], false],
  ])('%s, %s, roles %j: %s', (deployment, serverType, roles, allowed) => {
    const organization = organizationOf(deployment);
    expect(mayApprove(person(roles), profileOf(serverType), organization).allowed).toBe(allowed);
    const withoutPrivilege = mayApprove(person(roles, false), profileOf(serverType), organization);
    expect(withoutPrivilege.allowed).toBe(false);
  });

  it('says what is missing, and whom to ask', () => {
    const organization = organizationOf('online');
    const exchangeOnline = profileOf('exchange-online');
    expect(mayApprove(person([SYSTEM]), exchangeOnline, organization)).toMatchObject({
      reason: 'needs-office-administrator',
      askRoles: [GLOBAL, EXCHANGE, DELEGATED],
    });
    expect(mayApprove(person([GLOBAL]), exchangeOnline, organization)).toMatchObject({
      reason: 'needs-system-administrator',
    });
    expect(mayApprove(person([SYSTEM], false), profileOf('imap-smtp'), organization)).toMatchObject(
      {
        reason: 'needs-approve-privilege',
        askRoles: [SYSTEM],
      },
    );
  });

  it('marks POP3 and IMAP online as our reading, and nothing else', () => {
    const reading = (deployment: Deployment, serverType: ServerType): unknown =>
      mayApprove(person([SYSTEM, GLOBAL]), profileOf(serverType), organizationOf(deployment));
    expect(reading('online', 'imap-smtp')).toEqual({ allowed: true, ourReading: true });
    expect(reading('online', 'pop3-smtp')).toEqual({ allowed: true, ourReading: true });
    expect(reading('on-premises', 'imap-smtp')).toEqual({ allowed: true, ourReading: false });
    expect(reading('online', 'exchange-online')).toEqual({ allowed: true, ourReading: false });
  });
});

describe('who may test and see', () => {
  it('lets a System administrator test, and nobody else', () => {
    expect(mayAdminister(person([SYSTEM])).allowed).toBe(true);
    expect(mayAdminister(person([GLOBAL, EXCHANGE, DELEGATED]))).toMatchObject({
      allowed: false,
      askRoles: [SYSTEM],
    });
  });

  it('shows a mailbox to its owner, to its profile’s owner and to administrators only', () => {
    const nobody = person([]);
    const profile = profileOf('imap-smtp');
    expect(maySee(nobody, mailbox(), profile)).toBe(false);
    expect(maySee(nobody, mailbox({ ownerId: null }), null)).toBe(false);
    expect(maySee(nobody, mailbox({ ownerId: nobody.id }), profile)).toBe(true);
    expect(maySee(nobody, mailbox(), { ...profile, ownerId: nobody.id })).toBe(true);
    expect(maySee(person([GLOBAL]), mailbox(), profile)).toBe(true);
  });
});

describe('who may approve their own address', () => {
  const online = organizationOf('online');
  const self: Person = { ...person([], false), email: 'Anna.Ek@contoso.test', id: idOf('anna') };
  const own = mailbox({ address: 'anna.ek@contoso.test', ownerId: idOf('anna') });

  it('is whose name the mailbox bears, without any privilege', () => {
    expect(maySelfApprove(self, own, online)).toBe(true);
  });

  it('is nobody for a queue, for another address, for a mailbox of others, or on-premises', () => {
    expect(maySelfApprove(self, { ...own, kind: 'queue' }, online)).toBe(false);
    expect(maySelfApprove(self, { ...own, address: 'info@contoso.test' }, online)).toBe(false);
    expect(maySelfApprove(self, { ...own, ownerId: idOf('erik') }, online)).toBe(false);
    expect(maySelfApprove(self, own, organizationOf('on-premises'))).toBe(false);
  });

  it('needs the privilege where the organization asks for it', () => {
    const strict = {
      ...online,
      approval: { ...online.approval, selfApprovalNeedsPrivilege: true },
    };
    expect(maySelfApprove(self, own, strict)).toBe(false);
    expect(maySelfApprove({ ...self, privileges: ['approve-email-addresses'] }, own, strict)).toBe(
      true,
    );
  });
});

describe('who may test and enable a mailbox', () => {
  const online = organizationOf('online');
  const self: Person = { ...person([], false), id: idOf('anna'), email: 'anna.ek@contoso.test' };
  const own = mailbox({ address: 'anna.ek@contoso.test', ownerId: idOf('anna') });
  const rejected = { state: 'rejected', decidedBy: null, decidedAt: null } as const;

  it('is a System administrator, and who approves the address by that', () => {
    expect(mayTestAndEnable(person([SYSTEM]), own, online)).toMatchObject({
      allowed: true,
      selfApproves: false,
    });
    expect(mayTestAndEnable(self, own, online)).toMatchObject({
      allowed: true,
      selfApproves: true,
    });
    expect(mayTestAndEnable(self, own, null).allowed).toBe(false);
    expect(mayTestAndEnable(person([GLOBAL]), own, online).allowed).toBe(false);
  });

  it('is not who owns an address that was rejected', () => {
    const permission = mayTestAndEnable(self, { ...own, approval: rejected }, online);
    expect(permission).toMatchObject({ allowed: false, selfApproves: false });
  });
});

describe('who decides about messages that wait', () => {
  it('is whose mailbox it is and a System administrator, and no other role', () => {
    const own = mailbox({ ownerId: idOf('someone') });
    const others = mailbox({ ownerId: idOf('erik') });
    expect(mayDecideWaiting(person([]), own).allowed).toBe(true);
    expect(mayDecideWaiting(person([SYSTEM]), others).allowed).toBe(true);
    for (const role of [GLOBAL, EXCHANGE, DELEGATED] as const) {
      expect(mayDecideWaiting(person([role]), others).allowed).toBe(false);
    }
  });
});

describe('an address', () => {
  const pending = mailbox({ approval: { state: 'pending', decidedBy: null, decidedAt: null } });

  it('needs an approval always with Exchange Online, else as the system settings say', () => {
    const settings = {
      ...organizationOf('on-premises'),
      approval: {
        requiredForUsers: false,
        requiredForQueues: true,
        selfApprovalNeedsPrivilege: false,
      },
    };
    expect(needsApproval(pending, profileOf('exchange-online'), settings)).toBe(true);
    expect(needsApproval(pending, profileOf('imap-smtp'), settings)).toBe(false);
    expect(needsApproval({ ...pending, kind: 'queue' }, profileOf('imap-smtp'), settings)).toBe(
      true,
    );
  });

  it('that is approved needs none, and one that was rejected does', () => {
    const organization = organizationOf('online');
    const approved = mailbox({ approval: { state: 'approved', decidedBy: null, decidedAt: null } });
    const rejected = mailbox({ approval: { state: 'rejected', decidedBy: null, decidedAt: null } });
    expect(needsApproval(approved, profileOf('exchange-online'), organization)).toBe(false);
    expect(needsApproval(rejected, profileOf('exchange-online'), organization)).toBe(true);
  });
});
