import { describe, expect, it } from 'vitest';
import { admin, anna, createBotWorld, textsOf } from '../../../support/bot-world.ts';
import { message } from '../../../support/teams-activity.ts';

describe('asking what the bot can do', () => {
  it.each(['help', 'Hi!', 'hello', 'Help.'])(
    'answers %s in the language of the client',
    async (text) => {
      const { ask } = await createBotWorld();
      const [card, more] = await ask(message(anna, text));
      expect(textsOf(card)).toContain('What I can do');
      expect(more).toBeUndefined();
    },
  );

  it.each(['hjälp', 'Hej!', 'Hej'])('answers %s in Swedish to a Swedish client', async (text) => {
    const { ask } = await createBotWorld();
    const [card] = await ask(message(anna, text, { locale: 'sv-SE' }));
    expect(card?.lang).toBe('sv');
  });

  it('answers hjälp in Swedish even where the client is English', async () => {
    const { ask } = await createBotWorld();
    const [card] = await ask(message(anna, 'hjälp'));
    expect(card?.lang).toBe('sv');
  });

  it('shows an administrator commands that others do not have', async () => {
    const { ask } = await createBotWorld();
    const [own] = await ask(message(admin, 'help'));
    const [others] = await ask(message(anna, 'help'));
    expect(textsOf(own)).not.toBe(textsOf(others));
  });
});
