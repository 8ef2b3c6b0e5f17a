import { createTimerScheduler } from '../../../services/scheduler/index.ts';
import type { Caller } from '../../support/dataverse/callers.ts';
import {
  type FakeOrganization,
  type NewCaller,
  startFakeOrganization,
} from '../../support/dataverse/fake-organization.ts';
import type { Values } from '../../support/dataverse/row.ts';
import { silentLog } from '../../support/silent-log.ts';
import { ANNA, ERIK, GRETA, GUSTAV, OLLE, type Sender } from './activities.ts';
import type { KnownMailbox } from './both-engines.ts';
import { DOMAIN } from './mail-registry.ts';

export interface DynamicsOrganization {
  readonly organization: FakeOrganization;
  readonly application: Caller;
  /** By Entra object id. */
  readonly people: ReadonlyMap<string, Caller>;
  readonly ids: Readonly<Record<KnownMailbox | 'Olle Olsson', string>>;
  readonly stop: () => Promise<void>;
}

/** The real one takes minutes. */
export const TEST_TAKES_MS = 300;

const IMAP: Values = {
  name: 'Contoso IMAP',
  servertype: 4,
  incomingserverlocation: `imap.${DOMAIN}`,
  incomingportnumber: 993,
  incomingusessl: true,
  outgoingserverlocation: `smtp.${DOMAIN}`,
  outgoingportnumber: 587,
  outgoingusessl: true,
  incomingcredentialretrieval: 0,
};

/** As the organization of the registry: whoever may not approve may not do so for themselves either. */
const SETTINGS: Values = {
  requireapprovalforuseremail: true,
  requireapprovalforqueueemail: true,
  orgdborgsettings:
    '<OrgSettings><RequirePrivilegeToSelfApproveEmailAddress>true</RequirePrivilegeToSelfApproveEmailAddress></OrgSettings>',
};

const UNTESTED: Values = {
  statecode: 0,
  incomingemaildeliverymethod: 2,
  outgoingemaildeliverymethod: 2,
  actdeliverymethod: 2,
  enabledforincomingemail: false,
  enabledforoutgoingemail: false,
  enabledforact: false,
  incomingemailstatus: 0,
  outgoingemailstatus: 0,
  actstatus: 0,
  testemailconfigurationscheduled: false,
};
const ENABLED: Values = {
  enabledforincomingemail: true,
  enabledforoutgoingemail: true,
  incomingemailstatus: 1,
  outgoingemailstatus: 1,
};
const APPROVED = 1;
const PENDING = 2;
const WAITS: Values = { emailrouteraccessapproval: PENDING };

/** The people and mailboxes of the registry of mail-registry.ts, as Dynamics 365 has them. */
export async function startDynamicsOrganization(): Promise<DynamicsOrganization> {
  const scheduler = createTimerScheduler({ log: silentLog });
  const organization = await startFakeOrganization({ scheduler });
  organization.change('organization', organization.organizationId, SETTINGS);
  organization.addRole('System Administrator', 'all');
  organization.addRole('Basic User', ['prvReadMailbox', 'prvWriteMailbox', 'prvReadUser']);

  const people = new Map<string, Caller>();
  function person({ id, name }: Sender, more: Partial<NewCaller>): Caller {
    const email = `${name.toLowerCase().replace(' ', '.')}@${DOMAIN}`;
    const caller = organization.addCaller({
      name,
      values: {
        azureactivedirectoryobjectid: id,
        domainname: email,
        internalemailaddress: email,
        emailrouteraccessapproval: PENDING,
      },
      ...more,
    });
    people.set(id, caller);
    return caller;
  }
  const administrator = { roles: ['System Administrator'] };
  const globalAdministrator = { ...administrator, entraRoles: ['Global Administrator'] as const };
  const anna = person(ANNA, administrator);
  const erik = person(ERIK, { roles: ['Basic User'] });
  person(GUSTAV, globalAdministrator);
  person(GRETA, globalAdministrator);
  const olle = person(OLLE, { roles: ['Basic User'] });
  const application = organization.addCaller({
    name: '# Mailbox Medic',
    kind: 'application',
    ...administrator,
  });

  const profiles = {
    imap: organization.add('emailserverprofile', { ...IMAP, ownerid: user(anna) }).id,
    online: organization.add('emailserverprofile', {
      name: 'Microsoft Exchange Online',
      servertype: 3,
    }).id,
  };

  function mailbox(
    name: string,
    { owner, isQueue = false, profile = 'imap' }: Wanted,
    values: Values = {},
  ): string {
    const approval = values.emailrouteraccessapproval ?? APPROVED;
    const address = `${plain(name)}@${DOMAIN}`;
    const carrier = isQueue
      ? organization.add('queue', {
          name,
          emailaddress: address,
          emailrouteraccessapproval: approval,
          ownerid: user(owner),
        })
      : organization.change('systemuser', owner.userId, { emailrouteraccessapproval: approval });
    const regarding = { table: isQueue ? 'queue' : 'systemuser', id: carrier.id };
    const { id } = organization.add('mailbox', {
      ...UNTESTED,
      name,
      emailaddress: address,
      emailrouteraccessapproval: approval,
      emailserverprofile: { table: 'emailserverprofile', id: profiles[profile] },
      regardingobjectid: regarding,
      ownerid: user(owner),
      ...values,
    });
    organization.change(regarding.table, regarding.id, {
      defaultmailbox: { table: 'mailbox', id },
    });
    organization.tests.script(id, { takesMs: TEST_TAKES_MS });
    return id;
  }

  return {
    organization,
    application,
    people,
    ids: {
      'Erik Ek': mailbox('Erik Ek', { owner: erik }, ENABLED),
      'Nils Ny': mailbox('Nils Ny', { owner: erik, isQueue: true }),
      Kundtjänst: mailbox('Kundtjänst', { owner: erik, isQueue: true }, WAITS),
      'Eva Holm': mailbox('Eva Holm', { owner: olle, isQueue: true, profile: 'online' }, WAITS),
      'Olle Olsson': mailbox('Olle Olsson', { owner: olle, profile: 'online' }, WAITS),
    },
    async stop() {
      await scheduler.stop();
      await organization.stop();
    },
  };
}

interface Wanted {
  readonly owner: Caller;
  readonly isQueue?: boolean;
  readonly profile?: 'imap' | 'online';
}

const user = ({ userId }: Caller) => ({ table: 'systemuser', id: userId });

/** `Kundtjänst` has the address kundtjanst@. */
const plain = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(' ', '.');
