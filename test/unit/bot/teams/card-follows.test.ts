import { describe, expect, it } from 'vitest';
import type { BotServices } from '../../../../bot/teams/index.ts';
import { admin, createBotWorld, globalAdmin, textsOf } from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { message } from '../../../support/teams-activity.ts';

async function reject({ engine, stopping }: BotServices): Promise<void> {
  const [hit] = await engine.findMailboxes({ by: 'text', text: 'Anna Ek', limit: 1 });
  await engine.reject(hit!.mailbox.id, {
    actor: { userId: globalAdmin.id },
    idempotencyKey: 'meanwhile',
    signal: stopping,
  });
}

describe('a card that answers what was written', () => {
  it('follows what happens to its mailbox before the channel has said where the card stands', async () => {
    const { ask, adapter, services } = await createBotWorld();
    adapter.whileSending = async () => {
      adapter.whileSending = null;
      await reject(services);
    };
    const [drawn] = await ask(message(admin, 'status Anna Ek'));
    expect(textsOf(drawn)).not.toContain('Rejected');
    const { id } = adapter.messages[0]!;
    const redrawn = await adapter.until((one) => one.kind === 'updated' && one.id === id);
    expect(textsOf(cardsOf(redrawn.activity))).toContain('Rejected');
  });

  it('is not drawn again where nothing has happened', async () => {
    const { ask, adapter, services } = await createBotWorld();
    await ask(message(admin, 'status Anna Ek'));
    expect(await services.store.find('cardCopies')).toHaveLength(1);
    expect(await services.store.find('outbox')).toEqual([]);
    expect(adapter.messages).toHaveLength(1);
  });
});
