import { describe, expect, it, type TestContext } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import {
  createRemoteEngineWorld,
  type RemoteEngineWorld,
} from '../../support/remote-engine-world.ts';
import { ANNA, by } from '../../support/sync-world.ts';

async function openWorld({ onTestFinished }: TestContext): Promise<RemoteEngineWorld> {
  const world = await createRemoteEngineWorld();
  onTestFinished(() => world.stop());
  return world;
}

const OLGA = idOf<typeof ANNA>('olga');
const approvals = ({ events }: RemoteEngineWorld): readonly string[] =>
  events.flatMap((event) =>
    event.kind === 'approval-changed' ? [event.approved ? 'approved' : 'rejected'] : [],
  );

/** Approves and rejects Olga's address in turn: each is one event, told in this order. */
async function decide(world: RemoteEngineWorld, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    if (time % 2 === 0) await world.remote.approve(OLGA, by());
    else await world.remote.reject(OLGA, by());
  }
}

describe('events of a remote engine', () => {
  it('are kept by the bot when the action is answered, in order', async (context) => {
    const world = await openWorld(context);
    await decide(world, 4);
    expect(approvals(world)).toEqual(['approved', 'rejected', 'approved', 'rejected']);
  });

  it('that happen while the bot is stopped are told when it is back, each once', async (context) => {
    const world = await openWorld(context);
    await decide(world, 1);
    await world.stopBot();
    // A bot that is stopped hears nothing; its port still speaks.
    await world.remote.reject(OLGA, by());
    await world.remote.approve(OLGA, by());
    expect(approvals(world)).toEqual(['approved']);
    await world.startBot();
    await world.heard(3);
    await decide(world, 2);
    expect(approvals(world)).toEqual(['approved', 'rejected', 'approved', 'rejected']);
  });

  it('that were kept and never confirmed are told again, and not taken twice', async (context) => {
    const world = await openWorld(context);
    await world.stopBot();
    await world.remote.approve(OLGA, by());
    // Ends between keeping the event and saying so.
    await world.startBot(async (_event, transaction) => {
      transaction.afterCommit(() => void world.stopBot());
    });
    await world.heard(1);
    await world.stopBot();
    expect(await world.engineStore.find('undeliveredEvents')).toHaveLength(1);
    await world.remote.reject(OLGA, by());
    await world.startBot();
    await world.heard(2);
    expect(approvals(world)).toEqual(['approved', 'rejected']);
  });

  it('outlive a restart of the engine before anybody heard them', async (context) => {
    const world = await openWorld(context);
    await world.stopBot();
    await world.remote.approve(OLGA, by());
    await world.stopEngine();
    await world.startEngine();
    await world.startBot();
    await world.heard(1);
    expect(approvals(world)).toEqual(['approved']);
  });

  it('go on after a restart of the engine, without a restart of the bot', async (context) => {
    const world = await openWorld(context);
    await decide(world, 1);
    await world.stopEngine();
    await world.startEngine();
    await world.remote.reject(OLGA, by());
    await world.heard(2);
    expect(approvals(world)).toEqual(['approved', 'rejected']);
  });

  it('of an engine that was set up anew are heard, although its clock is behind', async (context) => {
    const world = await openWorld(context);
    await decide(world, 1);
    await world.stopEngine();
    await world.startEngineAnew(Date.parse('2026-01-01T00:00:00.000Z'));
    await world.remote.approve(OLGA, by());
    await world.heard(2);
    expect(approvals(world)).toEqual(['approved', 'approved']);
  });

  it('that could not be kept are told again, and later ones wait for them', async (context) => {
    const world = await openWorld(context);
    await world.stopBot();
    let refusals = 2;
    await world.startBot(async () => {
      if (refusals > 0) {
        refusals -= 1;
        throw new Error('the disk is full');
      }
    });
    await decide(world, 2);
    expect(approvals(world)).toEqual(['approved', 'rejected']);
    expect(refusals).toBe(0);
  });

  it('are forgotten by the engine once they are confirmed, but for the newest', async (context) => {
    const world = await openWorld(context);
    await decide(world, 6);
    // The next question confirms what the last answer brought.
    await decide(world, 1);
    const kept = await world.engineStore.find('undeliveredEvents');
    expect(kept.length).toBeLessThanOrEqual(2);
  });

  it('tell the sink about whom they are without a question to the engine', async (context) => {
    const world = await openWorld(context);
    await world.stopBot();
    await world.remote.approve(OLGA, by());
    const seen: unknown[] = [];
    await world.startBot(async (event) => {
      // Whoever asked from now on would get no answer.
      await world.stopEngine();
      const [hit] = await world.remote.findMailboxes({ by: 'id', id: event.mailboxId });
      seen.push(
        hit?.mailbox.ownerId,
        (await world.remote.profile(idOf('exchange-online')))?.name,
        (await world.remote.organization(idOf('contoso-online')))?.deployment,
      );
    });
    await world.heard(1);
    expect(seen).toEqual(['olga', 'Microsoft Exchange Online', 'online']);
  });
});
