import { describe, expect, it } from 'vitest';
import { personViewer } from '../../../../bot/present/index.ts';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import {
  admin,
  anna,
  type BotWorld,
  buttonOf,
  buttonsOf,
  createBotWorld,
  globalAdmin,
  invokedCard,
  profileOwner,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { CERTIFICATE_EXPIRED } from '../../../support/scripted-probe.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const ANNA = idOf<MailboxId>('anna');
const DAY_MS = 24 * 3_600_000;

/** Anna's mailbox is not enabled and has five messages: two old ones, two of the next day, one of today. */
async function worldWithMessages(): Promise<BotWorld & { readonly days: readonly string[] }> {
  const world = await createBotWorld();
  const { engine, stopping } = world.services;
  const days: string[] = [];
  for (const [age, count] of [
    [20, 2],
    [19, 2],
    [0, 1],
  ] as const) {
    for (let index = 0; index < count; index += 1) {
      const answer = await engine.submit(
        { mailboxId: ANNA, subject: `Offer ${age}.${index}`, to: ['kund@example.org'], text: 'x' },
        { actor: { userId: anna.id }, idempotencyKey: `${age}.${index}`, signal: stopping },
      );
      if (answer.kind === 'pending') days.push(answer.message.submittedAt.slice(0, 10));
    }
    await world.scheduler.advance(age === 20 ? DAY_MS : age === 19 ? 19 * DAY_MS : 0);
  }
  return { ...world, days: [...new Set(days)] };
}

const verbs = (card: unknown): string[] => buttonsOf(card).map(({ verb }) => verb);
const choosing = (card: unknown, verb: string, day: string) => {
  const button = buttonOf(card, verb);
  return { ...button, data: { ...button.data, day } };
};
const statesOf = async ({ services }: BotWorld): Promise<readonly string[]> =>
  [...(await services.store.find('outgoingMessages'))]
    .sort((a, b) => a.submittedAt.localeCompare(b.submittedAt))
    .map(({ state }) => state);

describe('Test & enable of a mailbox that has waiting messages', () => {
  it.each([
    [
      'the button',
      async ({ ask, post }: BotWorld) => {
        const [status] = await ask(message(admin, 'status Anna Ek'));
        return invokedCard(await post(invoke(admin, buttonOf(status, 'test-and-enable'))));
      },
    ],
    ['the command', async ({ ask }: BotWorld) => (await ask(message(admin, 'test Anna Ek')))[0]],
  ])('by %s shows first, by day, what enabling would let go', async (_, wish) => {
    const world = await worldWithMessages();
    const card = await wish(world);
    const says = textsOf(card);
    expect(says).toContain('the 5 waiting messages are sent');
    for (const day of world.days)
      expect(says).toContain(world.services.texts.translatorFor('en', 'UTC').day(day));
    expect(verbs(card)).toEqual(
      expect.arrayContaining(['hold-waiting', 'ask-cancel-waiting', 'test-and-enable']),
    );
    expect(await world.services.store.find('testRuns')).toHaveLength(0);
  });

  it('by the button of an incident’s card shows them first, too', async () => {
    const world = await createBotWorld({ enabled: ['incoming', 'outgoing'] });
    const { services, scheduler, smtp, post } = world;
    smtp.fails({ ...CERTIFICATE_EXPIRED, nature: 'permanent' });
    await services.engine.submit(
      { mailboxId: ANNA, subject: 'Offer', to: ['kund@example.org'], text: 'x' },
      { actor: { userId: anna.id }, idempotencyKey: 'k', signal: services.stopping },
    );
    await scheduler.advance(6 * 60_000);
    const [incident] = await services.store.find('incidents');
    const card = await services.presenter.present(
      { card: 'incident', incidentId: incident!.id, audience: 'must-act' },
      personViewer(admin),
      services.texts.translatorFor('en', 'UTC'),
    );
    const shown = invokedCard(await post(invoke(admin, buttonOf(card, 'test-and-enable'))));
    expect(textsOf(shown)).toContain('the waiting message is sent');
    expect(await services.store.find('testRuns')).toHaveLength(0);
  });

  it('sends what remains only after a second confirmation, and the older ones stay held', async () => {
    const world = await worldWithMessages();
    const { ask, post, adapter, services, smtp } = world;
    const [gate] = await ask(message(admin, 'test Anna Ek'));
    const held = invokedCard(
      await post(invoke(admin, choosing(gate, 'hold-waiting', world.days[2]!))),
    );
    expect(textsOf(held)).toContain('4 messages were held');
    expect(await statesOf(world)).toEqual(['held', 'held', 'held', 'held', 'pending-send']);
    const started = invokedCard(await post(invoke(admin, buttonOf(held, 'test-and-enable'))));
    expect(textsOf(started)).toContain('Anna Ek');
    // Several cards of one conversation follow: the channel's limit lets the last ones wait.
    await world.scheduler.advance(60_000);
    await adapter.until(({ activity }) =>
      textsOf(cardsOf(activity)).includes('works and is enabled'),
    );
    await world.scheduler.advance(10 * 60_000);
    expect(smtp.accepted.map(({ subject }) => subject)).toEqual(['Offer 0.0']);
    const audit = await services.store.readAudit(9);
    expect(audit.map(({ action, outcome, detail }) => [action, outcome, detail])).toEqual([
      ['test-and-enable', 'done', 'started, waiting messages let go: 1'],
      ['hold-messages', 'done', `messages: 4, before ${world.days[2]}T00:00:00.000Z`],
    ]);
  });

  it('asks again when more waits than the person had agreed to', async () => {
    const world = await worldWithMessages();
    const [gate] = await world.ask(message(admin, 'test Anna Ek'));
    await world.services.engine.submit(
      { mailboxId: ANNA, subject: 'One more', to: ['kund@example.org'], text: 'x' },
      {
        actor: { userId: anna.id },
        idempotencyKey: 'more',
        signal: world.services.stopping,
      },
    );
    const again = invokedCard(await world.post(invoke(admin, buttonOf(gate, 'test-and-enable'))));
    expect(textsOf(again)).toContain('the 6 waiting messages are sent');
    expect(await world.services.store.find('testRuns')).toHaveLength(0);
  });
});

describe('waiting messages', () => {
  it('are cancelled after a second question that names their number, held ones among them', async () => {
    const world = await worldWithMessages();
    const { ask, post, services } = world;
    const [gate] = await ask(message(admin, 'test Anna Ek'));
    await post(invoke(admin, choosing(gate, 'hold-waiting', world.days[1]!)));
    const asked = invokedCard(
      await post(invoke(admin, choosing(gate, 'ask-cancel-waiting', world.days[2]!))),
    );
    expect(textsOf(asked)).toContain('Cancel 4 messages from Anna Ek?');
    expect((await statesOf(world)).includes('cancelled')).toBe(false);
    const done = invokedCard(await post(invoke(admin, buttonOf(asked, 'cancel-waiting'))));
    expect(textsOf(done)).toContain('4 messages were cancelled');
    expect(await statesOf(world)).toEqual([
      ...Array.from({ length: 4 }, () => 'cancelled'),
      'pending-send',
    ]);
    expect(await services.store.readAudit(1)).toMatchObject([
      { actor: admin.id, action: 'cancel-messages', subject: 'anna', outcome: 'done' },
    ]);
  });

  it('are held and released by whose mailbox it is, from the outbox, and the administrator’s copy follows', async () => {
    const world = await worldWithMessages();
    const { ask, post, adapter } = world;
    await ask(message(admin, 'test Anna Ek'));
    const adminsCopy = adapter.messages.at(-1)?.id;
    const [outbox] = await ask(message(anna, 'outbox Anna Ek'));
    const days = invokedCard(await post(invoke(anna, buttonOf(outbox, 'show-waiting'))));
    expect(verbs(days)).not.toContain('test-and-enable');
    const held = invokedCard(await post(invoke(anna, choosing(days, 'hold-waiting', 'all'))));
    const copy = await adapter.until(({ kind, id }) => kind === 'updated' && id === adminsCopy);
    expect(textsOf(cardsOf(copy.activity))).toContain('1 held back');
    await post(invoke(anna, choosing(held, 'release-waiting', world.days[1]!)));
    expect(await statesOf(world)).toEqual(['pending-send', 'pending-send', 'held', 'held', 'held']);
  });

  it('are none of the business of somebody who may only see the mailbox', async () => {
    const world = await worldWithMessages();
    const [gate] = await world.ask(message(admin, 'test Anna Ek'));
    for (const verb of ['hold-waiting', 'ask-cancel-waiting']) {
      const stolen = choosing(gate, verb, 'all');
      const card = invokedCard(await world.post(invoke(profileOwner, stolen)));
      expect(textsOf(card)).toContain('Nothing was changed.');
    }
    const [shown] = await world.ask(message(profileOwner, 'outbox Anna Ek'));
    const days = invokedCard(
      await world.post(invoke(profileOwner, buttonOf(shown, 'show-waiting'))),
    );
    expect(verbs(days)).not.toContain('hold-waiting');
    expect(new Set(await statesOf(world))).toEqual(new Set(['pending-send']));
    expect(await world.services.store.readAudit(2)).toMatchObject([
      { actor: profileOwner.id, action: 'cancel-messages', outcome: 'denied' },
      { actor: profileOwner.id, action: 'hold-messages', outcome: 'denied' },
    ]);
  });

  it('are not touched by a button without a choice, nor twice by one button', async () => {
    const world = await worldWithMessages();
    const [gate] = await world.ask(message(admin, 'test Anna Ek'));
    await world.post(invoke(admin, buttonOf(gate, 'hold-waiting')));
    expect(await statesOf(world)).not.toContain('held');
    const first = choosing(gate, 'hold-waiting', world.days[1]!);
    await world.post(invoke(admin, first));
    const again = invokedCard(await world.post(invoke(admin, first)));
    expect(textsOf(again)).toContain('2 messages were held');
    expect((await world.services.store.readAudit(9)).map(({ outcome }) => outcome)).toEqual([
      'done',
    ]);
  });

  it('of one day are shown one by one, each with why it has not gone', async () => {
    const world = await worldWithMessages();
    const [gate] = await world.ask(message(globalAdmin, 'test Anna Ek'));
    const ofDay = buttonsOf(gate).find(({ data }) => data.ofDay === world.days[1]);
    const card = invokedCard(await world.post(invoke(globalAdmin, ofDay!)));
    const says = textsOf(card);
    expect(says).toContain('Offer 19.0');
    expect(says).toContain('Offer 19.1');
    expect(says).not.toContain('Offer 20.0');
    expect(says).toContain("Outgoing email isn't enabled");
  });
});
