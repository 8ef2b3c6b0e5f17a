import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId, type UserId } from '../../../../services/domain/ids.ts';
import { instantOf } from '../../../../services/domain/time.ts';
import { READ_TABLES } from '../../../../services/sync-engine/index.ts';
import {
  createDataverseEngineWorld,
  type DataverseEngineWorld,
} from '../../../support/dataverse-engine-world.ts';

const ROLE = readFileSync(
  join(import.meta.dirname, '../../../../manifest/dynamics-role/customizations.xml'),
  'utf8',
);
const IN_THE_FILE = [...new Set(ROLE.match(/prv\w+/g))];

const BERIT = '0000be41-0000-4000-8000-00000000be41';

/** A mailbox of a queue, and a person whom Microsoft Entra knows. */
function addQueue({ organization, owner, profile }: DataverseEngineWorld): void {
  organization.change('systemuser', owner.id, { azureactivedirectoryobjectid: BERIT });
  const ownerid = { table: 'systemuser', id: owner.id };
  const queue = organization.add('queue', { name: 'Support', ownerid });
  organization.add('mailbox', {
    name: 'Support',
    ownerid,
    regardingobjectid: { table: 'queue', id: queue.id },
    emailserverprofile: { table: 'emailserverprofile', id: profile.id },
  });
}

/** Every question that the bot has for an engine. */
async function askEverything({ engine, mailbox, profile, clock, ...world }: DataverseEngineWorld) {
  const mailboxId = idOf<MailboxId>(mailbox.id);
  const organizationId = idOf<never>(world.organization.organizationId);
  const scope = { organizationId, profileId: null, concerning: null };
  const now = clock.now();
  await engine.start(world.sink);
  await clock.advance(1);
  return Promise.all([
    engine.organization(organizationId),
    engine.profile(idOf(profile.id)),
    engine.findMailboxes({ by: 'text', text: 'Berit', limit: 3 }),
    engine.findMailboxes({ by: 'id', id: mailboxId }),
    engine.findMailboxes({ by: 'owner', ownerId: idOf<UserId>(BERIT) }),
    engine.findMailboxes({ by: 'profile', profileId: idOf(profile.id) }),
    engine.findMailboxes({ by: 'approval-pending' }),
    engine.limits(mailboxId),
    engine.earlyWarnings({ by: 'mailbox', mailboxId }),
    engine.failedItems(mailboxId),
    engine.appointmentForms(),
    engine.sights(mailboxId),
    engine.openAlerts(mailboxId),
    engine.alerts({ wall: { of: 'mailbox', mailboxId }, state: 'any', limit: 5 }),
    engine.pendingMessages(mailboxId),
    engine.waitingByDay(mailboxId),
    engine.setUpChanges(mailboxId),
    engine.performanceSummary(scope),
    engine.performanceHours(scope, { from: instantOf(now - 3_600_000), to: instantOf(now) }),
    engine.processedTurns(mailboxId),
  ]);
}

/** Sets and columns of the readings that went alone; those within a batch have the same columns. */
const readings = ({ organization }: DataverseEngineWorld) =>
  organization.seen.flatMap(({ path, search }) => {
    const columns = /[?&]\$select=([^&]*)/.exec(decodeURIComponent(search))?.[1];
    const set = /^[a-z]+/.exec(path)?.[0];
    return set === undefined || columns === undefined ? [] : [{ set, columns: columns.split(',') }];
  });

describe('an application user with the role that the bot brings along', () => {
  it('is enough to answer every question', async () => {
    const world = await createDataverseEngineWorld({ privileges: IN_THE_FILE });
    addQueue(world);
    const answers = await askEverything(world);
    expect(answers[2]).toHaveLength(1);
    expect(answers[4]).toHaveLength(2);
    const leftOut = world.log.lines.filter(({ event }) => event === 'dynamics-left-out');
    const reasons = leftOut.map(({ fields }) => /prv\w+/.exec(String(fields.reason))?.[0]);
    // No page names these privileges, so they cannot be in a file to import.
    expect(new Set(reasons)).toEqual(
      new Set(['prvReadMailboxStatistics', 'prvReadExchangeSyncIdMapping']),
    );
  });

  it('is asked for no table and no column that the doctor does not look at', async () => {
    const world = await createDataverseEngineWorld();
    addQueue(world);
    await askEverything(world);
    const known = new Map<string, ReadonlySet<string>>(
      READ_TABLES.map(({ set, table, columns }) => [set ?? table, new Set(columns)]),
    );
    const read = readings(world);
    const unknown = read.flatMap(({ set, columns }) =>
      columns.filter((each) => known.get(set)?.has(each) !== true).map((each) => `${set}.${each}`),
    );
    expect(unknown).toEqual([]);
    expect(new Set(read.map(({ set }) => set)).size).toBeGreaterThan(6);
  });
});
