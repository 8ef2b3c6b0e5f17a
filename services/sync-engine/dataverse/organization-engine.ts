import { createOutageCount } from '../outage-count.ts';
import type { SyncEngine, SyncEventSink } from '../sync-engine.ts';
import { createActions } from './actions.ts';
import { type NoticeAnswer, takeNotice } from './change-notice.ts';
import { createChanges } from './changes.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { createLookAgain } from './look-again.ts';
import { createMailboxReader } from './mailbox-reader.ts';
import { createPerformance } from './performance.ts';
import { createReading } from './reading.ts';
import { recordProfile } from './record-profile.ts';
import { createRecordSeen, standingOf } from './record-seen.ts';
import { createSights, type SightsParts } from './sights.ts';
import { createTelling } from './telling.ts';
import { createWatch } from './watch.ts';
import { createWatchRound } from './watch-round.ts';

export type OrganizationEngineParts = DataverseParts &
  Pick<SightsParts, 'look' | 'mayCall' | 'certificateAuthorities' | 'alertFor'>;

export interface OrganizationEngine extends SyncEngine {
  /** Of what Dynamics 365 posts when a row changes: only where to look is believed. */
  takeNotice(body: unknown): NoticeAnswer;
  /** When nothing is being looked at. */
  settled(): Promise<void>;
}

/** The engine of an organization that is known by its id. */
export function createOrganizationEngine(parts: OrganizationEngineParts): OrganizationEngine {
  const { store, scheduler, organizationId, log, deployment } = parts;
  const telling = createTelling(parts);
  const outages = createOutageCount(parts);
  const reader = createMailboxReader(parts);
  const reading = createReading(parts, reader);
  const around = reading;
  const seen = createRecordSeen({ store, scheduler, organizationId, telling, outages, around });
  const profiles = { store, organizationId, telling, around };
  const changing = {
    ...parts,
    reader,
    owners: reader.owners,
    seen,
    telling,
    organization: () => reading.organization(organizationId),
    profile: reading.profile,
    recordProfile: (...given: Told<typeof recordProfile>) => recordProfile(profiles, ...given),
  };
  const performance = createPerformance(parts, reader);
  const actions = createActions(changing);
  const lookAgain = createLookAgain({ reader, seen, scheduler });
  const round = createWatchRound({
    ...parts,
    owners: reader.owners,
    seen,
    lookAgain,
    recordProfile: (...given) => recordProfile(profiles, ...given),
  });
  const watch = createWatch({ scheduler, log, round, lookAgain });
  const sights = createSights({ ...parts, telling, around });

  async function start(sink: SyncEventSink): Promise<void> {
    telling.hear(sink);
    for (const { id, mailbox } of await store.find('seenMailboxes')) {
      outages.place(id, standingOf(mailbox));
    }
    await actions.start();
    watch.start();
    performance.start();
    await sights.start();
    log.info('engine-started', { organizationId, deployment });
  }

  return {
    kind: 'dataverse',
    ...reading,
    ...performance,
    ...createChanges(changing),
    ...actions,
    sights: (mailboxId) => sights.sights(mailboxId),
    earlyWarnings: (query) => sights.earlyWarnings(query),
    // Asked by who is being told of something, inside a transaction that must not wait for the network.
    async organization(id) {
      const told = telling.beingTold()?.organization;
      return told?.id === id ? told : reading.organization(id);
    },
    async profile(id) {
      const told = telling.beingTold()?.profile;
      return told?.id === id ? told : reading.profile(id);
    },
    async findMailboxes(query) {
      const told = telling.beingTold()?.mailbox;
      const known = query.by === 'id' && told?.id === query.id;
      return known ? [{ mailbox: told, quality: 'exact' }] : reading.findMailboxes(query);
    },
    start,
    takeNotice: (body) => takeNotice(body, organizationId, watch),
    settled: () => watch.settled(),
    async stop() {
      await watch.stop();
      await actions.stop();
      await sights.stop();
      await performance.stop();
    },
  };
}

type Told<Work> = Work extends (parts: never, ...given: infer Given) => unknown ? Given : never;
