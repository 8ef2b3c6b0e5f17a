import { describe, expect, it } from 'vitest';
import { admin, anna, buttonOf, createBotWorld, invokedCard } from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const SWEDISH = { scope: 'groupChat', locale: 'sv-SE' } as const;
const ENGLISH = { scope: 'groupChat', locale: 'en-GB' } as const;

describe('a card that a whole group sees', () => {
  it('answers a click in the clicker’s language, and keeps its own for everybody', async () => {
    const { ask, post, adapter } = await createBotWorld();
    const [card] = await ask(message(anna, 'status Anna Ek', SWEDISH));
    expect(card?.lang).toBe('sv');
    const cardId = adapter.messages.at(-1)?.id ?? '';
    const press = invoke(admin, buttonOf(card, 'test-and-enable'), {
      ...ENGLISH,
      replyToId: cardId,
    });
    expect(invokedCard(await post(press)).lang).toBe('en');
    const redrawn = await adapter.until(({ kind, id }) => kind === 'updated' && id === cardId);
    expect(cardsOf(redrawn.activity)[0]?.lang).toBe('sv');
  });

  it('answers in the language that the clicker chose, whatever their client speaks', async () => {
    const { ask, post } = await createBotWorld();
    await ask(message(admin, 'language en'));
    const [card] = await ask(message(anna, 'status Anna Ek', SWEDISH));
    const answer = await post(invoke(admin, buttonOf(card, 'test-and-enable'), SWEDISH));
    expect(invokedCard(answer).lang).toBe('en');
  });
});
