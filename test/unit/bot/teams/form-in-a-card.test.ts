import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import { MINUTE_MS, SECOND_MS } from '../../../../services/domain/time.ts';
import {
  admin,
  anna,
  type BotWorld,
  buttonOf,
  createBotWorld,
  invokedCard,
} from '../../../support/bot-world.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

/** Anna's card of her mailbox; pressing goes to the message that holds it. */
async function cardOf(world: BotWorld) {
  await world.ask(message(admin, 'hello'));
  const [card] = await world.ask(message(anna, 'status Anna Ek'));
  const id = world.adapter.messages.at(-1)?.id ?? '';
  return {
    card,
    id,
    redrawn: () =>
      world.adapter.messages.filter((sent) => sent.kind === 'updated' && sent.id === id).length,
  };
}

/** Something happens to the mailbox, and thirty seconds go by. */
async function changeTheMailbox({ services, scheduler }: BotWorld): Promise<void> {
  const { store, notifications } = services;
  const ids = [idOf<MailboxId>('anna')];
  await store.transact((transaction) => notifications.enqueueCopyUpdates(transaction, ids));
  notifications.kick();
  await scheduler.advance(30 * SECOND_MS);
}

describe('a card in whose place somebody fills in a form', () => {
  it('is not drawn anew before they are done', async () => {
    const world = await createBotWorld();
    const { card, id, redrawn } = await cardOf(world);
    const form = invokedCard(
      await world.post(invoke(anna, buttonOf(card, 'check-set-up'), { replyToId: id })),
    );
    await changeTheMailbox(world);
    expect(redrawn()).toBe(0);
    const next = buttonOf(form, 'check-set-up');
    await world.post(invoke(anna, next, { replyToId: id }));
    await changeTheMailbox(world);
    expect(redrawn()).toBe(0);
  });

  it('follows what happens as soon as it is back', async () => {
    const world = await createBotWorld();
    const { card, id } = await cardOf(world);
    await world.post(invoke(anna, buttonOf(card, 'check-set-up'), { replyToId: id }));
    await changeTheMailbox(world);
    const back = { verb: 'show-mailbox', data: { v: 1, mailboxId: 'anna' } };
    await world.post(invoke(anna, back, { replyToId: id }));
    await world.scheduler.advance(30 * SECOND_MS);
    await world.adapter.until(({ kind, id: sent }) => kind === 'updated' && sent === id);
  });

  it('takes its place back from a form that was left', async () => {
    const world = await createBotWorld();
    const { card, id, redrawn } = await cardOf(world);
    await world.post(invoke(anna, buttonOf(card, 'check-set-up'), { replyToId: id }));
    await changeTheMailbox(world);
    expect(redrawn()).toBe(0);
    await world.scheduler.advance(20 * MINUTE_MS);
    await world.adapter.until(({ kind, id: sent }) => kind === 'updated' && sent === id);
  });
});
