import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../../../services/domain/time.ts';
import {
  admin,
  anna,
  buttonOf,
  buttonsOf,
  bystander,
  createBotWorld,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { PORT_REFUSED } from '../../../support/scripted-probe.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const GROUP = { scope: 'groupChat' } as const;

/** Opens the guide of a pasted alert about Anna Ek's mailbox; the card stands in its message. */
async function beginGuide(topic = 'bad-credentials', mailbox = 'Anna Ek', scope = {}) {
  const world = await createBotWorld();
  const [card] = await world.ask(message(admin, world.alert(topic, mailbox), scope));
  const replyToId = world.adapter.messages.at(-1)?.id ?? '';
  const press = async (verb: string, on: unknown, by = admin, over = {}) =>
    invokedCard(
      await world.post(invoke(by, { ...buttonOf(on, verb), ...over }, { ...scope, replyToId })),
    );
  return { ...world, replyToId, press, started: await press('start-guide', card) };
}

const with1 = (card: unknown, verb: string, change: object) => {
  const button = buttonOf(card, verb);
  return { ...button, data: { ...button.data, ...change } };
};

describe('the guided fix', () => {
  it('shows one step at a time, and remembers who did what', async () => {
    const { started, press, services } = await beginGuide();
    expect(textsOf(started)).toMatch(/Step 1 of \d/);
    const second = await press('mark-step', started);
    expect(textsOf(second)).toMatch(/Step 2 of \d/);
    expect(textsOf(second)).toContain(`done by ${admin.name}`);
    const back = await press(
      'turn-guide',
      second,
      admin,
      with1(second, 'turn-guide', { to: 'back' }),
    );
    expect(textsOf(back)).toMatch(/Step 1 of \d/);
    expect(await services.store.find('guides')).toMatchObject([
      { topic: 'bad-credentials', mailboxId: 'anna', marks: [{ outcome: 'done', by: 'admin' }] },
    ]);
  });

  it('is ended by a test that passes, and by nothing that is said', async () => {
    const { started, press, adapter, replyToId, post } = await beginGuide();
    expect(buttonsOf(started).map(({ verb }) => verb)).not.toContain('solve-guide');
    const { guideId } = buttonOf(started, 'mark-step').data;
    const said = { verb: 'solve-guide', data: { v: 1, guideId } };
    expect(textsOf(invokedCard(await post(invoke(admin, said))))).not.toContain('✅ Solved');
    await press('test-guide', started);
    const done = await adapter.until(
      ({ kind, id, activity }) =>
        kind === 'updated' && id === replyToId && textsOf(cardsOf(activity)).includes('✅ Solved'),
    );
    expect(textsOf(cardsOf(done.activity))).toContain(admin.name);
  });

  it('goes on with what the test says when it fails', async () => {
    const { started, press, adapter, replyToId, smtp, imap } = await beginGuide();
    smtp.fails(PORT_REFUSED);
    imap.fails(PORT_REFUSED);
    await press('test-guide', started);
    const failed = await adapter.until(
      ({ kind, id, activity }) =>
        kind === 'updated' &&
        id === replyToId &&
        textsOf(cardsOf(activity)).includes('Not solved yet'),
    );
    const [card] = cardsOf(failed.activity);
    expect(textsOf(card)).toContain('now it says something else');
    const next = await press('continue-guide', card);
    expect(textsOf(next)).toContain('Gone through before');
    expect(textsOf(next)).toMatch(/Step \d of \d/);
    expect(buttonOf(next, 'mark-step').data.guideId).toBe(
      buttonOf(started, 'mark-step').data.guideId,
    );
  });

  it('waits for a test that was started from another card, too', async () => {
    const { started, ask, adapter, replyToId, scheduler, smtp } = await beginGuide();
    const held = smtp.holds();
    expect(textsOf(started)).not.toContain('Solved');
    await ask(message(admin, 'test Anna Ek'));
    // The channel takes a few cards a second.
    await scheduler.advance(5 * SECOND_MS);
    held.go();
    await adapter.until(
      ({ kind, id, activity }) =>
        kind === 'updated' && id === replyToId && textsOf(cardsOf(activity)).includes('✅ Solved'),
    );
  });

  it('moves nobody from an old card, and keeps what was said on it', async () => {
    const { started, press } = await beginGuide();
    const second = await press('mark-step', started);
    const next = with1(second, 'turn-guide', { to: 'next' });
    const third = await press('turn-guide', second, admin, next);
    const stale = with1(started, 'mark-step', { outcome: 'did-not-help' });
    const said = await press('mark-step', started, admin, stale);
    expect(textsOf(said)).toContain(`did not help, ${admin.name}`);
    expect(textsOf(said)).toContain(/Step \d of \d/.exec(textsOf(third))?.[0]);
    expect(textsOf(await press('turn-guide', second, admin, next))).toBe(textsOf(said));
  });

  it('is everybody’s in a shared conversation', async () => {
    const { started, press, adapter, replyToId } = await beginGuide(
      'bad-credentials',
      'Anna Ek',
      GROUP,
    );
    await press('mark-step', started, anna);
    const shared = await adapter.until(
      ({ kind, id, activity }) =>
        kind === 'updated' &&
        id === replyToId &&
        textsOf(cardsOf(activity)).includes(`done by ${anna.name}`),
    );
    expect(textsOf(cardsOf(shared.activity))).toMatch(/Step 2 of \d/);
  });

  it('belongs to its conversation: nobody elsewhere reads it or goes on with it', async () => {
    const { started, post, services } = await beginGuide();
    for (const verb of ['mark-step', 'test-guide']) {
      const answer = invokedCard(await post(invoke(bystander, buttonOf(started, verb))));
      expect(textsOf(answer)).not.toContain('Anna Ek');
    }
    expect(await services.store.find('guides')).toMatchObject([{ marks: [], testRunId: null }]);
  });

  it('ends by word where no mailbox is known, and else offers the next likely cause', async () => {
    const { post } = await createBotWorld();
    const open = { verb: 'start-guide', data: { v: 1, topic: 'pending-send' } };
    let card = invokedCard(await post(invoke(anna, open)));
    while (buttonsOf(card).some(({ verb }) => verb === 'mark-step')) {
      const no = with1(card, 'mark-step', { outcome: 'did-not-help' });
      card = invokedCard(await post(invoke(anna, no)));
    }
    expect(textsOf(card)).toContain('Does it work now?');
    const solved = invokedCard(await post(invoke(anna, buttonOf(card, 'solve-guide'))));
    expect(textsOf(solved)).toContain(`${anna.name} said that it works again`);
  });
});
