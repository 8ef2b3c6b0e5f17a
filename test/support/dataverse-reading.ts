import { randomUUID } from 'node:crypto';
import { idOf, type OrganizationId } from '../../services/domain/ids.ts';
import type { DataverseParts } from '../../services/sync-engine/dataverse/dataverse-parts.ts';
import {
  createMailboxReader,
  type MailboxReader,
} from '../../services/sync-engine/dataverse/mailbox-reader.ts';
import { createReading, type Reading } from '../../services/sync-engine/dataverse/reading.ts';
import { dataverseApi } from './dataverse-api.ts';
import { type DataverseWorld, startDataverseWorld } from './dataverse-world.ts';
import { createMemoryStore } from './memory-store.ts';
import { sharedKnowledge } from './real-knowledge.ts';
import { silentLog } from './silent-log.ts';

/** What the parts of the Dataverse engine get, over the fake organization. */
async function dataverseParts(world: DataverseWorld): Promise<DataverseParts> {
  const knowledge = await sharedKnowledge();
  return {
    api: dataverseApi(world),
    organizationId: idOf<OrganizationId>(world.organization.organizationId),
    store: createMemoryStore({ clock: world.clock }),
    scheduler: world.clock,
    log: silentLog,
    newId: randomUUID,
    diagnose: (text) => knowledge.diagnose(text),
    article: (topic) => knowledge.article(topic),
    deployment: 'online',
    tenantId: null,
  };
}

export interface ReadingWorld extends DataverseWorld {
  readonly parts: DataverseParts;
  readonly reader: MailboxReader;
  readonly reading: Reading;
  /** How many requests were answered while it ran. */
  requestsOf(work: () => Promise<unknown>): Promise<number>;
}

export async function startReadingWorld(): Promise<ReadingWorld> {
  const world = await startDataverseWorld();
  const parts = await dataverseParts(world);
  const reader = createMailboxReader(parts);
  return {
    ...world,
    parts,
    reader,
    reading: createReading(parts, reader),
    async requestsOf(work) {
      const before = world.organization.seen.length;
      await work();
      return world.organization.seen.length - before;
    },
  };
}
