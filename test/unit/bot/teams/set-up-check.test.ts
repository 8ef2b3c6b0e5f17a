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

interface Pressed {
  readonly verb: unknown;
  readonly data: object;
}

const answering = (button: Pressed, answer: string) =>
  invoke(anna, { ...button, data: { ...button.data, 'field-answer': answer } });

describe('the check of a set-up', () => {
  it('asks in chat, one question after the other, and says what is not supported and why', async () => {
    const { ask, post } = await createBotWorld();
    const [article] = await ask(message(anna, 'Which configurations are unsupported?'));
    let card = invokedCard(await post(invoke(anna, buttonOf(article, 'check-set-up'))));
    for (const answer of ['online', 'gmail', 'pop3-smtp', 'server-side-synchronization']) {
      card = invokedCard(await post(answering(buttonOf(card, 'check-set-up'), answer)));
    }
    expect(textsOf(card)).toContain('Not supported by Microsoft');
    expect(textsOf(card)).toContain('8005E247');
    const explained = invokedCard(await post(invoke(anna, buttonOf(card, 'show-topic'))));
    expect(textsOf(explained)).toContain('Email set-ups');
  });

  it('reads the profile of a mailbox, and asks only for the rest', async () => {
    const { ask, post } = await createBotWorld();
    const [mailbox] = await ask(message(anna, 'status Anna Ek'));
    const card = invokedCard(await post(invoke(anna, buttonOf(mailbox, 'check-set-up'))));
    expect(textsOf(card)).toContain('Anna Ek');
    expect(JSON.stringify(card)).not.toContain('Which Dynamics 365 is it?');
  });

  it('goes on where somebody does not know', async () => {
    const { post } = await createBotWorld();
    const first = invokedCard(await post(invoke(anna, { verb: 'check-set-up', data: { v: 1 } })));
    const next = invokedCard(await post(answering(buttonOf(first, 'check-set-up'), 'unknown')));
    expect(JSON.stringify(next)).toContain('Where is the mailbox’s mail?');
  });

  it('tells nobody of a mailbox that is not theirs to see', async () => {
    const { ask, post } = await createBotWorld();
    const [mailbox] = await ask(message(anna, 'status Anna Ek'));
    const card = invokedCard(await post(invoke(bystander, buttonOf(mailbox, 'check-set-up'))));
    expect(textsOf(card)).not.toContain('Anna Ek');
  });

  it.each([
    { facts: { deployment: 'elsewhere' } },
    { facts: { __proto__: { deployment: 'online' }, more: 1 } },
    { asked: ['constructor'] },
    { skipped: Array.from({ length: 500 }, () => 'act') },
  ])('takes nothing from a forged card: %j', async (forged) => {
    const { post } = await createBotWorld();
    const data = { v: 1, ...forged };
    const card = invokedCard(await post(invoke(anna, { verb: 'check-set-up', data })));
    expect(buttonsOf(card).filter(({ verb }) => verb === 'check-set-up')).toEqual([]);
  });
});
