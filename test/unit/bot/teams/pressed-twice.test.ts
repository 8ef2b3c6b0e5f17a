import { describe, expect, it } from 'vitest';
import {
  admin,
  buttonOf,
  buttonsOf,
  createBotWorld,
  globalAdmin,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { PORT_REFUSED } from '../../../support/scripted-probe.ts';
import { invoke, message, teamsActivity } from '../../../support/teams-activity.ts';

async function statusOfAnna() {
  const world = await createBotWorld();
  const { ask, adapter, services } = world;
  const [status] = await ask(message(admin, 'status Anna Ek'));
  const cardId = adapter.messages.at(-1)?.id ?? '';
  return {
    ...world,
    cardId,
    button: buttonOf(status, 'test-and-enable'),
    runs: () => services.store.find('testRuns'),
    /** Resolves with the card as it is when the next test has ended. */
    ended: async (word = 'works and is enabled') => {
      const done = await adapter.until(
        ({ kind, id, activity }) =>
          kind === 'updated' && id === cardId && textsOf(cardsOf(activity)).includes(word),
      );
      return cardsOf(done.activity);
    },
  };
}

describe('a test’s button', () => {
  it('pressed again has one effect, also when the test has ended, and is written down once', async () => {
    const { post, button, cardId, runs, ended, services } = await statusOfAnna();
    await post(invoke(admin, button, { replyToId: cardId }));
    await ended();
    const again = invokedCard(await post(invoke(admin, button, { replyToId: cardId })));
    expect(textsOf(again)).toContain('passed');
    const value = { mailboxMedic: { verb: button.verb, data: button.data } };
    await post(teamsActivity(admin, { type: 'message', value, replyToId: cardId }));
    expect(await runs()).toHaveLength(1);
    expect(await services.store.readAudit(9)).toMatchObject([{ outcome: 'done' }]);
  });

  it('of another person is another wish', async () => {
    const { post, button, cardId, runs, ended } = await statusOfAnna();
    await post(invoke(admin, button, { replyToId: cardId }));
    await ended();
    await post(invoke(globalAdmin, button, { replyToId: cardId }));
    expect(await runs()).toHaveLength(2);
  });

  it('drawn after the test has ended starts another one', async () => {
    const { ask, post, button, cardId, runs, ended } = await statusOfAnna();
    await post(invoke(admin, button, { replyToId: cardId }));
    await ended();
    const [status] = await ask(message(admin, 'status Anna Ek'));
    await post(invoke(admin, buttonOf(status, 'test-and-enable')));
    expect(await runs()).toHaveLength(2);
  });

  it('“Test again” starts one other test, however often it is pressed', async () => {
    const { post, button, cardId, runs, ended, imap } = await statusOfAnna();
    imap.fails(PORT_REFUSED);
    await post(invoke(admin, button, { replyToId: cardId }));
    const again = buttonOf(await ended('Test again'), 'test-and-enable');
    await post(invoke(admin, again, { replyToId: cardId }));
    await post(invoke(admin, again, { replyToId: cardId }));
    expect(await runs()).toHaveLength(2);
  });
});

describe('a request for approval', () => {
  it('twice is one request; after a rejection it is a new one, from the very same card', async () => {
    const { post, services } = await createBotWorld();
    const data = { v: 1, mailboxId: 'olga', pressKey: 'k', address: 'Olga@Contoso.test' };
    const denied = invokedCard(await post(invoke(admin, { verb: 'approve-email', data })));
    const button = buttonOf(denied, 'request-approval');
    await post(invoke(admin, button));
    await post(invoke(admin, button));
    const requests = await services.store.find('approvalRequests');
    expect(requests).toHaveLength(1);
    const decision = {
      verb: 'decide-request',
      data: {
        v: 1,
        requestId: requests[0]?.id,
        decision: 'reject',
        pressKey: 'k',
        address: 'olga@contoso.test',
      },
    };
    const rejected = invokedCard(await post(invoke(globalAdmin, decision)));
    expect(buttonsOf(rejected).map(({ verb }) => verb)).not.toContain('decide-request');
    await post(invoke(admin, button));
    const after = await services.store.find('approvalRequests');
    expect(after.map(({ state }) => state).sort()).toEqual(['pending', 'rejected']);
  });
});
