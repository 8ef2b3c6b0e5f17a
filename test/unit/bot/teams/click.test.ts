import { describe, expect, it } from 'vitest';
import { personViewer } from '../../../../bot/present/index.ts';
import type { SignInWanted } from '../../../../bot/teams/actions/action.ts';
import { createAfterFlush } from '../../../../bot/teams/after-flush.ts';
import { click } from '../../../../bot/teams/click.ts';
import type { BotServices, SignIn } from '../../../../bot/teams/index.ts';
import { createOpenAnswers } from '../../../../bot/teams/open-answers.ts';
import { createSendLater } from '../../../../bot/teams/send-later.ts';
import { parseAction } from '../../../../cards/index.ts';
import { AppError } from '../../../../services/observability/index.ts';
import type { TestAndEnableAnswer } from '../../../../services/sync-engine/index.ts';
import { admin, anna, createBotWorld, textsOf } from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { message } from '../../../support/teams-activity.ts';

const AT_ONCE_MS = 1;
const TEST = parseAction('test-and-enable', { v: 1, mailboxId: 'anna', pressKey: 'k' });

const askToSignIn = async (): Promise<void> => {
  throw new TypeError('nobody signs in here');
};

const asker = (services: BotServices) => ({
  person: admin,
  account: { id: '29:admin', channelId: 'msteams' },
  hasJustSignedIn: false,
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
    const sendLater = createSendLater(adapter, services.store);
    const followUp = { afterFlush, sendLater, askToSignIn };
    const answer = await click(asker(services), TEST, cardId, followUp, services, AT_ONCE_MS);
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

describe('a click that was told to wait', () => {
  /** What is sent after the click's answer, when all of its work has waited for that. */
  async function lateMessages(
    who: typeof admin,
    testAndEnable: () => Promise<TestAndEnableAnswer>,
    over: Partial<BotServices> = {},
  ) {
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { services, adapter, ask } = await createBotWorld({
      over: ({ engine }) => ({
        engine: {
          ...engine,
          async findMailboxes(query) {
            if (query.by === 'id') await held;
            return engine.findMailboxes(query);
          },
          testAndEnable,
        },
        ...over,
      }),
    });
    await ask(message(who, 'help'));
    const afterFlush = createAfterFlush();
    const sendLater = createSendLater(adapter, services.store);
    const askToSignIn = async ({ signIn }: SignInWanted): Promise<void> =>
      adapter.resume({ conversation: { id: `a:${who.id}` } as never }, async (context) => {
        await context.sendActivity(`sign in: ${signIn}`);
      });
    const followUp = { afterFlush, sendLater, askToSignIn };
    const by = { ...asker(services), person: who, conversationId: `a:${who.id}` };
    const answer = await click(by, TEST, 'card', followUp, services, AT_ONCE_MS);
    expect(answer).toEqual({ kind: 'still-working' });
    const before = adapter.messages.length;
    go();
    await afterFlush.run();
    return adapter.messages.slice(before);
  }

  it('is told when it failed, with the trace id and nothing else of the error', async () => {
    const [told, more] = await lateMessages(admin, async () => {
      throw new AppError('engine-unavailable', 'secret detail');
    });
    expect(told?.activity.conversation?.id).toBe('a:admin');
    const words = textsOf(cardsOf(told?.activity ?? {}));
    expect(words).toContain('The synchronization service does not answer');
    expect(words).toContain('trace');
    expect(words).not.toContain('secret detail');
    expect(more).toBeUndefined();
  });

  it('is asked to sign in by a message of its own, where that is what it takes', async () => {
    const signIn = { actor: async () => ({ userId: admin.id }) } as unknown as SignIn;
    const wanting = async () => ({ kind: 'sign-in-required' }) as const;
    const [told, more] = await lateMessages(admin, wanting, { signIn });
    expect(told?.activity.text).toBe('sign in: first');
    expect(more).toBeUndefined();
  });

  it('is told when it was refused, which no card in place can show', async () => {
    const never = async () => Promise.reject(new AppError('unexpected', 'not allowed to get here'));
    const [told] = await lateMessages(anna, never);
    expect(told?.activity.conversation?.id).toBe('a:anna');
    expect(textsOf(cardsOf(told?.activity ?? {}))).toContain(admin.name);
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
