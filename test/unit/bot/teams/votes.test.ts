import { describe, expect, it } from 'vitest';
import {
  anna,
  buttonOf,
  buttonsOf,
  bystander,
  createBotWorld,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

describe('“Did this help?”', () => {
  it('is asked under an answer, and a vote is shown, kept and can be changed', async () => {
    const { ask, post, alert, services } = await createBotWorld();
    const [card] = await ask(message(anna, alert('bad-credentials', 'Anna Ek')));
    expect(buttonsOf(card).filter(({ verb }) => verb === 'rate-answer')).toHaveLength(2);
    const voted = invokedCard(await post(invoke(anna, buttonOf(card, 'rate-answer'))));
    expect(textsOf(voted)).toContain('You said that it solved it');
    expect(textsOf(voted)).toContain('anna.ek@contoso.test');
    const changed = invokedCard(await post(invoke(anna, buttonOf(voted, 'rate-answer'))));
    expect(textsOf(changed)).toContain('You said that it did not help');
    expect(await services.store.find('answers')).toMatchObject([
      { topic: 'bad-credentials', foundBy: 'match', votes: { anna: 'not-solved' } },
    ]);
  });

  it('takes no vote from another conversation', async () => {
    const { ask, post, alert, services } = await createBotWorld();
    const [card] = await ask(message(anna, alert('bad-credentials', 'Anna Ek')));
    const button = buttonOf(card, 'rate-answer');
    const answer = invokedCard(await post(invoke(bystander, button)));
    expect(textsOf(answer)).not.toContain('anna.ek@contoso.test');
    expect(await services.store.find('answers')).toMatchObject([{ votes: {} }]);
  });

  it('is asked of an article that was chosen, too', async () => {
    const { post } = await createBotWorld();
    const data = { v: 1, topic: 'pending-send' };
    const card = invokedCard(await post(invoke(anna, { verb: 'show-topic', data })));
    expect(buttonsOf(card).map(({ verb }) => verb)).toContain('rate-answer');
  });
});
