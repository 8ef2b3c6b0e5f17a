import { idOf, type MailboxId } from '../../services/domain/ids.ts';
import type { PerformanceScope } from '../../services/domain/performance.ts';
import { MINUTE_MS } from '../../services/domain/time.ts';
import {
  createPerformance,
  type DataversePerformance,
} from '../../services/sync-engine/dataverse/performance.ts';
import type { Values } from './dataverse/row.ts';
import { type ReadingWorld, startReadingWorld } from './dataverse-reading.ts';

export const ALL: PerformanceScope = { organizationId: null, profileId: null, concerning: null };
export const FIRST_PAGE = { after: null, limit: 20 } as const;

const HEALTHY: Values = {
  statecode: 0,
  emailrouteraccessapproval: 1,
  isemailaddressapprovedbyo365admin: true,
  incomingemaildeliverymethod: 2,
  outgoingemaildeliverymethod: 2,
  actdeliverymethod: 2,
  enabledforincomingemail: true,
  enabledforoutgoingemail: true,
  enabledforact: false,
  incomingemailstatus: 1,
  outgoingemailstatus: 1,
  testemailconfigurationscheduled: false,
};

export interface PerformanceWorld extends ReadingWorld {
  performance: DataversePerformance;
  /** A healthy mailbox, but for what is named. */
  readonly add: (name: string, values?: Values) => MailboxId;
  /** So far from now. */
  readonly at: (ms: number) => string;
  /** A cycle that ended so long ago. */
  readonly turn: (id: MailboxId, endedAgoMs: number, values?: Values) => void;
  /** The last of them ended a minute ago, each of the others a minute before. */
  readonly failedTurns: (id: MailboxId, count: number, values?: Values) => void;
  /** Has the statistics read as the engine does by itself. */
  readonly follow: () => Promise<void>;
}

/** The dashboard's data over the fake organization; Berit's mailbox is not enabled yet. */
export async function startPerformanceWorld(): Promise<PerformanceWorld> {
  const world = await startReadingWorld();
  const { organization, clock, profile, administrator } = world;
  const at = (ms: number): string => new Date(clock.now() + ms).toISOString();

  function turn(id: MailboxId, endedAgoMs: number, values: Values = {}): void {
    organization.synchronization.turn(id, {
      operationtypeid: 0,
      processresult: true,
      itemsprocessed: 3,
      itemsfailed: 0,
      mailboxprocessscheduledon: at(-endedAgoMs - 30_000),
      mailboxprocessstartedon: at(-endedAgoMs - 20_000),
      mailboxprocesscompletedon: at(-endedAgoMs),
      ...values,
    });
  }

  const performing: PerformanceWorld = {
    ...world,
    performance: createPerformance(world.parts, world.reader),
    at,
    turn,
    add: (name, values = {}) =>
      idOf(
        organization.add('mailbox', {
          name,
          emailaddress: `${name}@contoso.com`,
          emailserverprofile: { table: 'emailserverprofile', id: profile.id },
          ownerid: { table: 'systemuser', id: administrator.userId },
          ...HEALTHY,
          ...values,
        }).id,
      ),
    failedTurns(id, count, values = {}) {
      for (let each = count; each > 0; each -= 1) {
        turn(id, each * MINUTE_MS, { processresult: false, ...values });
      }
    },
    async follow() {
      performing.performance.start();
      await clock.advance(0);
    },
    async stop() {
      await performing.performance.stop();
      await world.stop();
    },
  };
  return performing;
}
