import { setImmediate } from 'node:timers/promises';
import type { ServerCertificate } from '../../services/domain/early-warning.ts';
import { idOf, type TestRunId } from '../../services/domain/ids.ts';
import type { TestRun } from '../../services/domain/test-run.ts';
import { MINUTE_MS } from '../../services/domain/time.ts';
import type { Look } from '../../services/probes/index.ts';
import type { Values } from '../support/dataverse/row.ts';
import { createDataverseEngineWorld } from '../support/dataverse-engine-world.ts';
import { WRONG_PASSWORD } from '../support/scripted-probe.ts';
import { describeSyncEngineContract, type SyncEngineUnderTest } from './sync-engine.contract.ts';

const ANNA = 'a11a0000-0000-4000-8000-000000000001';
const BERIT = 'be210000-0000-4000-8000-000000000002';

const IMAP: Values = {
  name: 'Contoso IMAP',
  servertype: 4,
  incomingserverlocation: 'mail.contoso.test',
  incomingportnumber: 993,
  incomingusessl: true,
  outgoingserverlocation: 'smtp.contoso.test',
  outgoingportnumber: 587,
  outgoingusessl: true,
  incomingcredentialretrieval: 1,
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

const PENDING_SEND = { statecode: 1, statuscode: 6, directioncode: true };

/**
 * What Dynamics 365 documents otherwise than our own engine does: it holds no message back and takes
 * none in (`makeWait`), an organization is alone in it (`takenElsewhere`), it writes no information of
 * what a test enables (`tellsOfSuccess`), and servers are seen by looks of the bot's own.
 */
async function underTest(): Promise<SyncEngineUnderTest> {
  let certificate: ServerCertificate | null = null;
  const look: Look = async ({ server }) => ({
    kind: 'seen',
    stages: [],
    failure: null,
    certificate: server.endpoint.protocol === 'imap' ? certificate : null,
    signIn: [],
  });
  const world = await createDataverseEngineWorld({ look });
  const { organization, clock, engine, mailbox: pending } = world;
  const berit = organization.addCaller({
    name: 'Berit Berg',
    roles: ['Mailbox Owner'],
    values: {
      domainname: 'berit@contoso.com',
      internalemailaddress: 'berit@contoso.com',
      azureactivedirectoryobjectid: BERIT,
      emailrouteraccessapproval: 2,
      defaultmailbox: { table: 'mailbox', id: pending.id },
    },
  });
  organization.addRole('Mailbox Owner', ['prvReadMailbox', 'prvWriteMailbox', 'prvReadUser']);
  organization.change('mailbox', pending.id, {
    actdeliverymethod: 1,
    regardingobjectid: { table: 'systemuser', id: berit.userId },
  });
  const profile = organization.add('emailserverprofile', IMAP);
  const anna = organization.add('systemuser', {
    fullname: 'Anna Ek',
    domainname: 'anna.ek@contoso.com',
    internalemailaddress: 'anna.ek@contoso.com',
    azureactivedirectoryobjectid: ANNA,
    emailrouteraccessapproval: 1,
  });
  const add = (name: string, values: Values): string => {
    const mine = { ...UNTESTED, name, emailaddress: `${name}@contoso.com`, ...values };
    return organization.add('mailbox', mine).id;
  };
  const approved = add('Anna Ek', {
    emailaddress: 'anna.ek@contoso.com',
    emailrouteraccessapproval: 1,
    emailserverprofile: { table: 'emailserverprofile', id: profile.id },
    regardingobjectid: { table: 'systemuser', id: anna.id },
    ownerid: { table: 'systemuser', id: anna.id },
  });
  organization.change('systemuser', anna.id, {
    defaultmailbox: { table: 'mailbox', id: approved },
  });
  const loner = add('Loner', {
    emailrouteraccessapproval: 1,
    ownerid: { table: 'systemuser', id: berit.userId },
  });
  await engine.start(world.sink);
  await beKnown();

  /** What nobody has looked at before is news to nobody; the first look is in the background. */
  async function beKnown(): Promise<void> {
    while ((await world.store.get('seenMailboxes', approved)) === undefined) await setImmediate();
  }

  const isSeen = async ({ fingerprint }: ServerCertificate): Promise<boolean> => {
    const sights = await engine.sights(idOf(approved));
    return sights.some(({ sight }) => sight.certificate?.fingerprint === fingerprint);
  };

  async function finished(id: TestRunId): Promise<TestRun> {
    for (;;) {
      const run = await engine.testRun(id);
      if (run?.state === 'done') return run;
      await clock.advance(MINUTE_MS / 4);
    }
  }

  return {
    engine,
    events: world.events,
    approved: idOf(approved),
    pending: idOf(pending.id),
    withoutProfile: idOf(loner),
    owner: idOf(ANNA),
    serverFails: () =>
      organization.tests.script(approved, {
        results: { incoming: 'mailbox-credentials', outgoing: 'mailbox-credentials' },
      }),
    serverWorks: () => organization.tests.script(approved, {}),
    async serverShows(shown) {
      certificate = shown;
      await clock.advance(10 * MINUTE_MS);
      while (!(await isSeen(shown))) await setImmediate();
    },
    finished,
    context: (key) => world.by(key),
    wrongPassword: WRONG_PASSWORD,
    unknownMailbox: idOf('00000000-0000-4000-8000-00000000dead'),
    twin: null,
    takenElsewhere: () => organization.tests.primaryElsewhere(pending.id),
    ownerOfPending: () => world.by(undefined, berit),
    tellsOfSuccess: false,
    async makeWait(mailboxId) {
      organization.add('email', {
        ...PENDING_SEND,
        subject: 'Offer',
        torecipients: 'a@b.test;',
        sendermailboxid: { table: 'mailbox', id: mailboxId },
      });
    },
  };
}

describeSyncEngineContract('The engine of Dynamics 365', underTest);
