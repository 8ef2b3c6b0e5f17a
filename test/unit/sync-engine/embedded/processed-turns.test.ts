import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import { PORT_REFUSED, RECIPIENT_REJECTED } from '../../../support/scripted-probe.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

async function submit({ engine }: SyncWorld): Promise<void> {
  await engine.submit({ mailboxId: ANNA, subject: 'Offer', to: ['b@x.test'], text: 'Hi' }, by());
}

describe('a turn of the schedule', () => {
  it('says whose it was, when it was due, begun and over, and what came of it', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    await world.scheduler.advance(0);
    const { profileId } = await world.mailbox();
    const at = '2026-11-23T08:00:00.000Z';
    expect(world.turns).toEqual([
      {
        mailboxId: ANNA,
        profileId,
        direction: 'incoming',
        scheduledAt: at,
        startedAt: at,
        completedAt: at,
        outcome: 'passed',
        itemsProcessed: 0,
        itemsFailed: 0,
        backlog: 0,
      },
    ]);
  });

  it('counts the messages that went, those refused for good and those that still wait', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'] });
    for (let message = 0; message < 4; message += 1) await submit(world);
    const replies = [RECIPIENT_REJECTED, null, null, PORT_REFUSED];
    world.smtp.answers(() => replies.shift() ?? null);
    await world.scheduler.advance(0);
    const [turn] = world.turns;
    expect(turn).toMatchObject({ direction: 'outgoing', outcome: 'failed' });
    expect(turn).toMatchObject({ itemsProcessed: 2, itemsFailed: 1, backlog: 1 });
  });

  it('that fails before a session leaves all its messages waiting', async () => {
    const world = await createSyncWorld({ enabled: ['outgoing'], approval: 'pending' });
    await submit(world);
    await world.scheduler.advance(MINUTE_MS);
    expect(world.turns).toMatchObject([{ outcome: 'failed', itemsProcessed: 0, backlog: 1 }]);
  });
});
