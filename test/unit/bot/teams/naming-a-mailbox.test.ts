import { describe, expect, it } from 'vitest';
import { admin, createBotWorld, textsOf } from '../../../support/bot-world.ts';
import { message } from '../../../support/teams-activity.ts';

describe('naming a mailbox in a command', () => {
  it('shows the only one that a first name can mean', async () => {
    const { ask } = await createBotWorld();
    const [card] = await ask(message(admin, 'status Anna'));
    expect(textsOf(card)).toContain('Incoming email');
    expect(textsOf(card)).not.toContain('Did you mean');
  });

  it('acts on none that was not named in full, but offers it', async () => {
    const { ask } = await createBotWorld();
    const [card, more] = await ask(message(admin, 'test Anna'));
    expect(textsOf(card)).toContain('Did you mean');
    expect(more).toBeUndefined();
  });
});
