import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import { mailboxById } from '../../../../services/sync-engine/index.ts';
import {
  admin,
  anna,
  buttonOf,
  buttonsOf,
  bystander,
  createBotWorld,
  globalAdmin,
  invokedCard,
  olga,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { PORT_REFUSED } from '../../../support/scripted-probe.ts';
import { invoke, message, teamsActivity } from '../../../support/teams-activity.ts';

const ANNA = idOf<MailboxId>('anna');
const OLGA = idOf<MailboxId>('olga');
const verbs = (card: unknown): string[] => buttonsOf(card).map(({ verb }) => verb);

describe('Test & enable', () => {
  it('answers with the test’s card, and the card in place follows until the end', async () => {
    const { ask, post, adapter } = await createBotWorld();
    const [status] = await ask(message(admin, 'status Anna Ek'));
    const button = buttonOf(status, 'test-and-enable');
    const cardId = adapter.messages.at(-1)?.id ?? '';
    const card = invokedCard(await post(invoke(admin, button, { replyToId: cardId })));
    expect(textsOf(card)).toContain('Anna Ek');
    const done = await adapter.until(
      ({ kind, id, activity }) =>
        kind === 'updated' && id === cardId && textsOf(cardsOf(activity)).includes('passed'),
    );
    expect(textsOf(cardsOf(done.activity))).toContain('Anna Ek');
  });

  it('leads from a direction that failed to the article that explains it', async () => {
    const { ask, adapter, smtp } = await createBotWorld();
    smtp.fails(PORT_REFUSED);
    await ask(message(admin, 'test Anna Ek'));
    await adapter.until(
      ({ kind, activity }) =>
        kind === 'updated' &&
        buttonsOf(cardsOf(activity)).some((button) => button.data.topic === 'connection-failed'),
    );
  });

  it('is refused to who is no administrator, changes nothing, and is written down', async () => {
    const { post, services, smtp, imap } = await createBotWorld();
    const data = { v: 1, mailboxId: 'anna', pressKey: 'k' };
    const card = invokedCard(await post(invoke(anna, { verb: 'test-and-enable', data })));
    expect(textsOf(card)).toContain(admin.name);
    expect([...smtp.requests, ...imap.requests]).toHaveLength(0);
    expect(await services.store.readAudit(1)).toMatchObject([
      { actor: 'anna', action: 'test-and-enable', subject: 'anna', outcome: 'denied' },
    ]);
  });

  it('pressed again while it runs shows the same test', async () => {
    const { post, smtp, services } = await createBotWorld();
    const held = smtp.holds();
    const data = { v: 1, mailboxId: 'anna', pressKey: 'k' };
    await post(invoke(admin, { verb: 'test-and-enable', data }));
    await post(invoke(globalAdmin, { verb: 'test-and-enable', data }));
    expect(await services.store.find('testRuns')).toHaveLength(1);
    held.go();
  });

  it('of a mailbox whose address is not approved explains that first', async () => {
    const { post } = await createBotWorld({ approval: 'pending' });
    const data = { v: 1, mailboxId: 'anna', pressKey: 'k' };
    const card = invokedCard(await post(invoke(admin, { verb: 'test-and-enable', data })));
    expect(verbs(card)).toContain('approve-email');
  });

  it('looks the same for a mailbox that may not be seen and for none', async () => {
    const { post } = await createBotWorld();
    const press = async (mailboxId: string): Promise<string> => {
      const data = { v: 1, mailboxId, pressKey: 'k' };
      return textsOf(invokedCard(await post(invoke(bystander, { verb: 'test-and-enable', data }))));
    };
    expect(await press('anna')).toBe(await press('nobody'));
  });
});

describe('Approve e-mail', () => {
  it('on-premises approves for a System administrator, and the other copies follow', async () => {
    const { ask, post, adapter, services } = await createBotWorld({ approval: 'pending' });
    await ask(message(anna, 'status Anna Ek'));
    const annasCopy = adapter.messages.at(-1)?.id;
    const [status] = await ask(message(admin, 'status Anna Ek'));
    const card = invokedCard(
      await post(invoke(admin, buttonOf(status, 'approve-email'), { replyToId: 'elsewhere' })),
    );
    expect(verbs(card)).not.toContain('approve-email');
    expect((await mailboxById(services.engine, ANNA))?.approval.state).toBe('approved');
    await adapter.until(({ kind, id }) => kind === 'updated' && id === annasCopy);
  });

  it('on Exchange Online is refused politely to a System administrator alone; nothing changes', async () => {
    const { post, services } = await createBotWorld();
    const data = { v: 1, mailboxId: 'olga', pressKey: 'k', address: 'Olga@Contoso.test' };
    const card = invokedCard(await post(invoke(admin, { verb: 'approve-email', data })));
    expect(verbs(card)).toContain('request-approval');
    expect((await mailboxById(services.engine, OLGA))?.approval.state).toBe('pending');
  });

  it('can be asked for: the Global administrator gets the request as a card and decides', async () => {
    const { ask, post, adapter, services } = await createBotWorld();
    await ask(message(globalAdmin, 'hello'));
    await ask(message(olga, 'hello'));
    const data = { v: 1, mailboxId: 'olga', pressKey: 'k', address: 'Olga@Contoso.test' };
    const denied = invokedCard(await post(invoke(admin, { verb: 'approve-email', data })));
    const request = buttonOf(denied, 'request-approval');
    const withReason = { ...request, data: { ...request.data, reason: 'She starts on Monday' } };
    const sent = invokedCard(await post(invoke(admin, withReason)));
    expect(textsOf(sent)).toContain(globalAdmin.name);

    const arrived = await adapter.until(({ activity }) =>
      verbs(cardsOf(activity)).includes('decide-request'),
    );
    expect(arrived.activity.conversation?.id).toBe(`a:${globalAdmin.id}`);
    expect(textsOf(cardsOf(arrived.activity))).toContain('She starts on Monday');
    const decision = buttonsOf(cardsOf(arrived.activity)).find(
      (button) => button.data.decision === 'approve',
    );
    const decided = await post(invoke(globalAdmin, decision!, { replyToId: arrived.id }));
    expect(verbs(invokedCard(decided))).not.toContain('decide-request');
    expect((await mailboxById(services.engine, OLGA))?.approval.state).toBe('approved');
  });

  it('asked for in words answers as the button does', async () => {
    const { ask, services } = await createBotWorld({ approval: 'pending' });
    await ask(message(admin, 'godkänn Anna Ek'));
    expect((await mailboxById(services.engine, ANNA))?.approval.state).toBe('approved');
  });
});

describe('a button of a client without Action.Execute', () => {
  it('does the same, and its card is replaced', async () => {
    const { post, adapter, services } = await createBotWorld({ approval: 'pending' });
    const data = { v: 1, mailboxId: 'anna', pressKey: 'k', address: 'anna.ek@contoso.test' };
    const value = { mailboxMedic: { verb: 'approve-email', data } };
    await post(teamsActivity(admin, { type: 'message', value, replyToId: 'old-card' }));
    expect((await mailboxById(services.engine, ANNA))?.approval.state).toBe('approved');
    expect(adapter.messages[0]).toMatchObject({ kind: 'updated', id: 'old-card' });
  });
});

describe('hostile and old buttons', () => {
  it.each([
    ['an unknown verb', { action: { verb: 'format-disk', data: { v: 1 } } }],
    ['another version', { action: { verb: 'help', data: { v: 0 } } }],
    ['no action', {}],
    ['no value', undefined],
    ['a value that is a list', []],
    ['an action that is text', { action: 'help' }],
    ['data of another type', { action: { verb: 'show-mailbox', data: 'anna' } }],
    ['too much data', { action: { verb: 'help', data: { v: 1, also: 1 } } }],
    ['a prototype', { action: { verb: '__proto__', data: { v: 1 } } }],
  ])('with %s are answered with “outdated”, HTTP 200', async (_, value) => {
    const { post } = await createBotWorld();
    const answer = await post(
      teamsActivity(anna, { type: 'invoke', name: 'adaptiveCard/action', replyToId: 'c', value }),
    );
    expect(answer.status).toBe(200);
    expect(textsOf(invokedCard(answer))).toContain('That card is too old');
  });

  it('of other kinds are accepted without content', async () => {
    const { post } = await createBotWorld();
    const answer = await post(
      teamsActivity(anna, { type: 'invoke', name: 'task/fetch', value: {} }),
    );
    expect(answer).toEqual({ status: 200, body: undefined });
  });

  it('claim in vain to be pressed by somebody else', async () => {
    const { post, services } = await createBotWorld({ approval: 'pending' });
    const data = {
      v: 1,
      mailboxId: 'anna',
      pressKey: 'k',
      address: 'anna.ek@contoso.test',
      userId: 'admin',
      from: admin,
    };
    await post(invoke(anna, { verb: 'approve-email', data }));
    expect((await mailboxById(services.engine, ANNA))?.approval.state).toBe('pending');
  });

  it('name a test run of a mailbox that the person may not see', async () => {
    const { ask, post, services } = await createBotWorld();
    await ask(message(admin, 'test Anna Ek'));
    const [run] = await services.store.find('testRuns');
    const data = { v: 1, testRunId: run?.id, mailboxId: 'anna' };
    const card = invokedCard(await post(invoke(bystander, { verb: 'show-test-run', data })));
    expect(textsOf(card)).not.toContain('Anna Ek');
  });
});
