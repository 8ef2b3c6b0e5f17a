import { describe, expect, it } from 'vitest';
import { personViewer } from '../../../../bot/present/index.ts';
import { createAfterFlush } from '../../../../bot/teams/after-flush.ts';
import { click } from '../../../../bot/teams/click.ts';
import type { BotServices } from '../../../../bot/teams/index.ts';
import { createOpenAnswers } from '../../../../bot/teams/open-answers.ts';
import { parseAction } from '../../../../cards/index.ts';
import { admin, createBotWorld } from '../../../support/bot-world.ts';
import { message } from '../../../support/teams-activity.ts';

const AT_ONCE_MS = 1;
const TEST = parseAction('test-and-enable', { v: 1, mailboxId: 'anna', pressKey: 'k' });

const asker = (services: BotServices) => ({
  person: admin,
  viewer: personViewer(admin),
  scope: 'personal' as const,
  conversationId: 'a:admin',
  t: services.texts.translatorFor('en', 'UTC'),
  idempotencyKey: 'press',
  traceId: 'trace',
});

describe('a click on something slow', () => {
  it('is answered in time, and the card in place shows the outcome later', async () => {
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { services, adapter, ask } = await createBotWorld({
      over: ({ engine }) => ({
        engine: {
          ...engine,
          testAndEnable: async (id, context) => {
            await held;
            return engine.testAndEnable(id, context);
          },
        },
      }),
    });
    await ask(message(admin, 'status Anna Ek'));
    const cardId = adapter.messages.at(-1)?.id ?? '';
    const afterFlush = createAfterFlush();
    const answer = await click(asker(services), TEST, cardId, afterFlush, services, AT_ONCE_MS);
    expect(answer.kind).toBe('still-working');
    const finished = afterFlush.run();
    go();
    await finished;
    await adapter.until(({ kind, id }) => kind === 'updated' && id === cardId);
    expect((await services.store.get('cardCopies', `a:admin:${cardId}`))?.reference.card).toBe(
      'test-run',
    );
  });
});

describe('answers that have not left', () => {
  it('are waited for by conversation', async () => {
    const open = createOpenAnswers();
    const leave = open.begin('a');
    const order: string[] = [];
    const waiting = open.settled('a').then(() => order.push('update'));
    await open.settled('b');
    order.push('answer');
    leave();
    await waiting;
    expect(order).toEqual(['answer', 'update']);
    await open.settled('a');
  });
});
