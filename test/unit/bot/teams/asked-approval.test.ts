import { expect, it } from 'vitest';
import {
  admin,
  type BotWorld,
  buttonOf,
  createBotWorld,
  globalAdmin,
  invokedCard,
  olga,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const TITLE = 'Request to approve an email address';

/** The card that offers to ask, got in words, so that nothing else of the mailbox stands in the chat. */
async function deniedInWords({ ask, adapter }: BotWorld) {
  await ask(message(globalAdmin, 'hello'));
  const [card] = await ask(message(admin, `approve ${olga.name}`));
  return { button: buttonOf(card, 'request-approval'), cardId: adapter.messages.at(-1)?.id ?? '' };
}

async function approvedByGlobalAdmin({ adapter, post }: BotWorld): Promise<void> {
  const request = await adapter.until(
    ({ kind, activity }) => kind === 'sent' && textsOf(cardsOf(activity)).includes(TITLE),
  );
  const decision = buttonOf(cardsOf(request.activity), 'decide-request');
  await post(invoke(globalAdmin, decision, { replyToId: request.id }));
}

it('the message that says "you are told here" tells who decided what', async () => {
  const world = await createBotWorld();
  const { button, cardId } = await deniedInWords(world);
  await world.post(invoke(admin, button, { replyToId: cardId }));
  await approvedByGlobalAdmin(world);
  const told = await world.adapter.until(({ kind, id }) => kind === 'updated' && id === cardId);
  expect(textsOf(cardsOf(told.activity))).toContain(`Decided by ${globalAdmin.name}`);
});

it('a card whose click changed what it shows is not put back by an update that was under way', async () => {
  const world = await createBotWorld();
  await world.ask(message(globalAdmin, 'hello'));
  await world.ask(message(admin, `status ${olga.name}`));
  const cardId = world.adapter.messages.at(-1)?.id ?? '';
  const data = { v: 1, mailboxId: 'olga', pressKey: 'k', address: 'Olga@Contoso.test' };
  const denied = invokedCard(await world.post(invoke(admin, { verb: 'approve-email', data })));
  const button = buttonOf(denied, 'request-approval');
  await world.post(invoke(admin, button, { replyToId: cardId }));
  const updated = await world.adapter.until(({ kind, id }) => kind === 'updated' && id === cardId);
  expect(textsOf(cardsOf(updated.activity))).toContain(TITLE);
});
