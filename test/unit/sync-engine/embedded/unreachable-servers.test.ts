import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../services/domain/failure.ts';
import { idOf } from '../../../../services/domain/ids.ts';
import type { Endpoint } from '../../../../services/domain/profile.ts';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import type { Attempted } from '../../../../services/sync-engine/embedded/attempt.ts';
import { createUnreachableServers } from '../../../../services/sync-engine/embedded/unreachable-servers.ts';
import { createEmbeddedEngine } from '../../../../services/sync-engine/index.ts';
import { createFakeScheduler } from '../../../support/fake-scheduler.ts';
import { largeRegistry } from '../../../support/large-registry.ts';
import { createMemoryStore } from '../../../support/memory-store.ts';
import {
  CONNECTION_LOST,
  createScriptedServer,
  PORT_REFUSED,
  WRONG_PASSWORD,
} from '../../../support/scripted-probe.ts';
import { silentLog } from '../../../support/silent-log.ts';

const server: Endpoint = { protocol: 'imap', host: 'mail.test', port: 993, tls: 'implicit' };
const failed = (failure: Failure): Attempted => ({
  outcome: 'failed',
  protocol: 'imap',
  stages: [],
  failure,
});
const passed: Attempted = {
  outcome: 'passed',
  protocol: 'imap',
  stages: [],
  lastSeenUid: null,
  messageCount: null,
};
const refused = failed(PORT_REFUSED);

function after(...attempts: readonly Attempted[]) {
  const scheduler = createFakeScheduler();
  const servers = createUnreachableServers(scheduler);
  for (const attempted of attempts) servers.learn(server, attempted);
  return { scheduler, servers, known: () => servers.knownFailure(server) };
}

describe('a server that nobody gets through to', () => {
  it('is known after four looks in a row, and no sooner', () => {
    expect(after(refused, refused, refused).known()).toBeNull();
    expect(after(refused, refused, refused, refused).known()).toEqual(PORT_REFUSED);
  });

  it('has to be asked again after a minute', async () => {
    const { scheduler, known } = after(refused, refused, refused, refused);
    await scheduler.advance(MINUTE_MS - 1);
    expect(known()).not.toBeNull();
    await scheduler.advance(1);
    expect(known()).toBeNull();
  });

  it('is not one that somebody got through to in between, well or not', () => {
    for (const reached of [passed, failed(WRONG_PASSWORD), failed(CONNECTION_LOST)]) {
      expect(after(refused, refused, reached, refused, refused).known()).toBeNull();
    }
  });

  it('is known no better by looks that were cancelled or needed no session', () => {
    const cancelled: Attempted = { outcome: 'cancelled', protocol: 'imap', stages: [] };
    const unasked = { ...refused, protocol: null };
    expect(after(refused, refused, cancelled, unasked, refused).known()).toBeNull();
    expect(after(refused, refused, cancelled, unasked, refused, refused).known()).not.toBeNull();
  });

  it('is not another server', () => {
    const { servers } = after(refused, refused, refused, refused);
    expect(servers.knownFailure({ ...server, port: 143 })).toBeNull();
  });

  it('is told of without the name of the user who found it', () => {
    const evidence = [
      { label: 'endpoint', value: 'mail.test:993' },
      { label: 'user-name', value: 'anna.ek@contoso.test' },
    ] as const;
    const told = failed({ ...PORT_REFUSED, evidence });
    expect(after(told, told, told, told).known()?.evidence).toEqual([evidence[0]]);
  });
});

describe('thirty mailboxes of a server that nobody gets through to', () => {
  it('are all retried, by few sessions, and are well soon after it is', async () => {
    const scheduler = createFakeScheduler();
    const imap = createScriptedServer('imap');
    const smtp = createScriptedServer('smtp');
    const group = { profile: 'dead', mailboxes: 30, incoming: server };
    const registry = largeRegistry(
      [{ ...group, outgoing: { ...server, protocol: 'smtp', port: 465 } }],
      { password: 'secret', domain: 'contoso.test' },
    );
    const store = createMemoryStore({ clock: scheduler });
    const engine = createEmbeddedEngine({
      registry,
      store,
      scheduler,
      probes: { imap: imap.probe, smtp: smtp.probe },
      senders: { smtp: smtp.sender },
      alertFor: ({ reason }) => idOf(`topic-of-${reason}`),
      log: silentLog,
    });
    const failuresOf = async (): Promise<readonly number[]> =>
      (await store.find('mailboxStates')).map(
        ({ directions }) => directions.incoming.transientFailures,
      );
    imap.fails(PORT_REFUSED);
    await engine.start(async () => undefined);
    await scheduler.advance(5 * MINUTE_MS - 1);
    expect(await failuresOf()).toEqual(Array.from({ length: 30 }, () => 1));
    expect(imap.requests.length).toBeLessThan(12);
    imap.works();
    await scheduler.advance(10 * MINUTE_MS);
    expect(await failuresOf()).toEqual(Array.from({ length: 30 }, () => 0));
    await engine.stop();
  });
});
