import { onTestFinished } from 'vitest';
import { idOf } from '../../services/domain/ids.ts';
import { createRemoteEngineWorld } from '../support/remote-engine-world.ts';
import { WRONG_PASSWORD } from '../support/scripted-probe.ts';
import { ANNA, by } from '../support/sync-world.ts';
import { describeSyncEngineContract } from './sync-engine.contract.ts';

describeSyncEngineContract('A remote engine', async () => {
  const world = await createRemoteEngineWorld({ twoOrganizations: true });
  onTestFinished(() => world.stop());
  return {
    engine: world.remote,
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
      const answer = await world.remote.testAndEnable(ANNA, by('admin'));
      if (answer.kind === 'started') await world.finished(answer.testRunId);
    },
    serverWorks: () => {
      world.imap.works();
      world.smtp.works();
    },
    finished: (id) => world.finished(id),
    context: (key) => by('admin', key === undefined ? {} : { key }),
    wrongPassword: WRONG_PASSWORD,
    unknownMailbox: idOf('nobody'),
    twin: idOf('olga-test'),
    tellsOfSuccess: true,
  };
});
