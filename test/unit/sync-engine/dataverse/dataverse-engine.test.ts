import { beforeEach, describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import type { Mailbox } from '../../../../services/domain/mailbox.ts';
import { mailboxById } from '../../../../services/sync-engine/index.ts';
import {
  createDataverseEngineWorld,
  type DataverseEngineWorld,
} from '../../../support/dataverse-engine-world.ts';

let world: DataverseEngineWorld;
let berit: MailboxId;
beforeEach(async () => {
  world = await createDataverseEngineWorld();
  berit = idOf(world.mailbox.id);
});

/** Longer than anybody waits for. */
const AWAY = { kind: 'unavailable', retryAfterSeconds: 3_600 } as const;

const warnings = (): readonly unknown[] =>
  world.log.lines
    .filter(({ event }) => event === 'organization-not-reached')
    .map(({ fields }) => fields.reason);

describe('the engine of Dynamics 365', () => {
  it('asks once which organization it has, and answers from it', async () => {
    await world.engine.start(world.sink);
    expect(world.engine.isConnected()).toBe(true);
    const mailbox = await mailboxById(world.engine, berit);
    expect(mailbox).toMatchObject({ organizationId: world.organization.organizationId });
    const asked = world.organization.seen.filter(({ path }) => path.startsWith('WhoAmI'));
    expect(asked).toHaveLength(1);
  });

  it('starts while Dynamics 365 cannot be reached, says so to who asks, and is there when it is back', async () => {
    world.organization.faults.add({ fault: AWAY, times: 2 });
    await world.engine.start(world.sink);
    expect(world.engine.isConnected()).toBe(false);
    await expect(mailboxById(world.engine, berit)).rejects.toMatchObject({
      code: 'dynamics-unreachable',
    });
    expect(warnings()).toEqual(['dynamics-unreachable']);
    const seen = world.organization.seen.length;
    await world.clock.advance(30_000);
    await world.organization.whenSeen(seen + 1);
    expect((await mailboxById(world.engine, berit))?.id).toBe(berit);
    expect(world.engine.isConnected()).toBe(true);
  });

  it('does not start where Microsoft Entra refuses the application, and says with which code', async () => {
    world.refuseSignIn();
    await expect(world.engine.start(world.sink)).rejects.toMatchObject({
      code: 'entra-refused',
      detail: expect.stringMatching(
        /^401 invalid_client AADSTS7000222: check DATAVERSE_CLIENT_ID/,
      ) as string,
    });
  });

  it('does not start as somebody whom the organization does not know', async () => {
    world.organization.change('systemuser', world.application.userId, { isdisabled: true });
    await expect(world.engine.start(world.sink)).rejects.toMatchObject({
      code: 'dynamics-not-permitted',
    });
  });

  it('answers a sink about whom it is told without asking Dynamics 365 again', async () => {
    const told: (Mailbox | undefined)[] = [];
    let asked = 0;
    await world.engine.start(async ({ mailboxId, profileId }, transaction) => {
      const before = world.organization.seen.length;
      const mailbox = await mailboxById(world.engine, mailboxId);
      if (profileId !== null) await world.engine.profile(profileId);
      if (mailbox !== undefined) await world.engine.organization(mailbox.organizationId);
      asked += world.organization.seen.length - before;
      transaction.afterCommit(() => told.push(mailbox));
    });
    const answer = await world.engine.setActive(berit, false, world.by());
    expect(answer.kind).toBe('changed');
    expect(told).toMatchObject([{ id: berit, active: false }]);
    expect(asked).toBe(0);
  });

  it('asks no more when it is stopped', async () => {
    world.organization.faults.add({ fault: AWAY });
    await world.engine.start(world.sink);
    await world.engine.stop();
    const seen = world.organization.seen.length;
    await world.clock.advance(600_000);
    expect(world.organization.seen).toHaveLength(seen);
  });
});
