import { setTimeout as wait } from 'node:timers/promises';
import { errorCard, type ParsedAction } from '../../cards/index.ts';
import { asAppError } from '../../services/observability/index.ts';
import type { CardAnswer, SignInWanted } from './actions/action.ts';
import type { BotServices } from './bot-services.ts';
import { press } from './press.ts';
import { holdCard, rememberCard } from './remember-card.ts';
import { asThemselves } from './sign-in/as-themselves.ts';
import type { Asker } from './turn.ts';
import type { TurnFollowUp } from './turn-follow-up.ts';

/** Teams gives up on an invoke after 5 s; design.md §5 wants the clicker's card within 2 s. */
const ANSWER_WITHIN_MS = 1_800;

export type ClickAnswer =
  | { readonly kind: 'answered'; readonly answer: CardAnswer }
  | { readonly kind: 'sign-in'; readonly wanted: SignInWanted }
  /** It goes on in the background; the card in place is updated when it is done. */
  | { readonly kind: 'still-working' };

interface LateClick {
  readonly work: ReturnType<typeof press>;
  readonly cardActivityId: string | null;
  readonly followUp: ClickFollowUp;
}

/** What is done when the answer to a click has left. */
export interface ClickFollowUp extends Pick<TurnFollowUp, 'afterFlush' | 'sendLater'> {
  /** In a message of its own: the click has been answered with something else. */
  askToSignIn(wanted: SignInWanted, asker: Asker): Promise<void>;
}

/**
 * Presses a button and answers in time. Everything else that must follow (the base card, other copies)
 * goes through the outbox after the answer has left: nothing here touches the SDK's turn.
 */
export async function click(
  asker: Asker,
  parsed: ParsedAction,
  cardActivityId: string | null,
  followUp: ClickFollowUp,
  services: BotServices,
  answerWithinMs = ANSWER_WITHIN_MS,
): Promise<ClickAnswer> {
  const work = asThemselves(asker, services, () => press(asker, parsed, services));
  const timer = new AbortController();
  const answer = await Promise.race([
    work,
    wait(answerWithinMs, null, { signal: timer.signal }),
  ]).finally(() => timer.abort());
  if (answer !== null) {
    if ('signIn' in answer) return { kind: 'sign-in', wanted: answer };
    await keep(asker, answer, cardActivityId, services);
    followUp.afterFlush.add(() => follow(answer, services));
    return { kind: 'answered', answer };
  }
  const late = { work, cardActivityId, followUp };
  followUp.afterFlush.add(() => answerLate(asker, late, services));
  return { kind: 'still-working' };
}

/**
 * The card in place follows by itself. What it does not show, a refusal or that the action failed,
 * comes as a message: the person was told that somebody works on it.
 */
async function answerLate(
  asker: Asker,
  { work, cardActivityId, followUp }: LateClick,
  services: BotServices,
): Promise<void> {
  const { sendLater } = followUp;
  try {
    const late = await work;
    if ('signIn' in late) {
      await followUp.askToSignIn(late, asker);
      return;
    }
    await keep(asker, late, cardActivityId, services);
    await follow(late, services);
    if (late.shown === null) await sendLater(asker, late.card, 'for-them-alone');
  } catch (thrown) {
    const { traceId, t } = asker;
    const { code, detail } = asAppError(thrown, 'turn-failed');
    services.log.error('late-action-failed', { traceId, code, reason: detail });
    await sendLater(asker, errorCard({ code, traceId, theirText: null }, t), 'for-all').catch(
      (error: unknown) => {
        services.log.error('late-error-not-sent', { traceId, reason: asAppError(error).code });
      },
    );
  }
}

/** The message that held the button shows the answer from now on; for everybody only if something changed. */
async function keep(
  asker: Asker,
  { shown, changed, everybody }: CardAnswer,
  cardActivityId: string | null,
  services: BotServices,
): Promise<void> {
  if (cardActivityId === null) return;
  if (shown === null) {
    // In a shared conversation the card stays everybody's.
    if (asker.scope === 'personal') await holdCard(asker, cardActivityId, services);
    return;
  }
  if (asker.scope !== 'personal' && changed.length === 0 && everybody !== true) return;
  await rememberCard(asker, cardActivityId, shown, services);
}

async function follow(
  { changed }: CardAnswer,
  { store, notifications }: BotServices,
): Promise<void> {
  if (changed.length === 0) return;
  await store.transact((transaction) => notifications.enqueueCopyUpdates(transaction, changed));
  notifications.kick();
}
