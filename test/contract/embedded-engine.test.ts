import { idOf } from '../../services/domain/ids.ts';
import { WRONG_PASSWORD } from '../support/scripted-probe.ts';
import { ANNA, by, createSyncWorld } from '../support/sync-world.ts';
import { describeSyncEngineContract } from './sync-engine.contract.ts';

describeSyncEngineContract('The embedded engine', async () => {
  const world = await createSyncWorld({ twoOrganizations: true });
  return {
    engine: world.engine,
    events: world.events,
    approved: ANNA,
    pending: idOf('olga'),
    withoutProfile: idOf('loner'),
    owner: idOf('anna'),
    serverFails: (failure) => {
      world.imap.fails(failure);
      world.smtp.fails(failure);
    },
    async serverShows(certificate) {
      world.imap.shows(certificate);
      const answer = await world.engine.testAndEnable(ANNA, by('admin'));
      if (answer.kind === 'started') await world.finished(answer.testRunId);
    },
    serverWorks: () => {
      world.imap.works();
      world.smtp.works();
    },
    finished: world.finished,
    context: (key) => by('admin', key === undefined ? {} : { key }),
    wrongPassword: WRONG_PASSWORD,
    unknownMailbox: idOf('nobody'),
    twin: idOf('olga-test'),
    tellsOfSuccess: true,
  };
});
