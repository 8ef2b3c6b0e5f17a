import { EventEmitter, once } from 'node:events';
import {
  type Activity,
  BotAdapter,
  type ConversationReference,
  INVOKE_RESPONSE_KEY,
  type InvokeResponse,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type {
  ChannelAdapter,
  ChannelAnswer,
  PostedActivity,
  TokenService,
  TurnLogic,
} from '../../bot/teams/index.ts';
import type { AdaptiveCard } from '../../cards/index.ts';

export interface SentActivity {
  readonly id: string;
  readonly kind: 'sent' | 'updated';
  readonly activity: Partial<Activity>;
}

/** A channel that believes everybody, and remembers what it was told to show. */
export class RecordingAdapter extends BotAdapter implements ChannelAdapter {
  readonly all: SentActivity[] = [];
  /** Thrown by the next deliveries, in order; null lets one pass. */
  readonly refusals: (Error | null)[] = [];
  /** What happens elsewhere while the channel takes a message, before it has answered. */
  whileSending: (() => Promise<void>) | null = null;
  readonly #arrivals = new EventEmitter().setMaxListeners(0);
  #next = 1;

  async receive({ body }: PostedActivity, logic: TurnLogic): Promise<ChannelAnswer> {
    const context = new TurnContext(this, body as Activity);
    await this.runMiddleware(context, logic);
    if (context.activity.type !== 'invoke') return { status: 200 };
    const answer = context.turnState.get<{ value: InvokeResponse } | undefined>(
      INVOKE_RESPONSE_KEY,
    );
    if (answer === undefined) return { status: 501 };
    return { status: answer.value.status, body: answer.value.body as unknown };
  }

  async resume(reference: Partial<ConversationReference>, logic: TurnLogic): Promise<void> {
    const activity = TurnContext.applyConversationReference(
      { type: 'event', name: 'continueConversation' },
      reference,
      true,
    );
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }

  tokenService(): TokenService {
    throw new TypeError('signing in has a world of its own: sign-in-world.ts');
  }

  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const sent = activities.map((activity) => {
      if (activity.type === 'invokeResponse') {
        context.turnState.set(INVOKE_RESPONSE_KEY, activity);
        return { id: '' };
      }
      return { id: this.#record('sent', `message-${this.#next}`, activity) };
    });
    if (activities.some(({ type }) => type === 'message')) await this.whileSending?.();
    return sent;
  }

  override async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<void> {
    this.#record('updated', activity.id ?? '', activity);
  }

  override async deleteActivity(): Promise<void> {
    throw new TypeError('the bot deletes nothing');
  }

  override async continueConversation(): Promise<void> {
    throw new TypeError('the bot resumes conversations by way of `resume`');
  }

  override async continueConversationAsync(): Promise<void> {
    throw new TypeError('the bot resumes conversations by way of `resume`');
  }

  /** The first that fits, shown already or later. */
  async until(fits: (sent: SentActivity) => boolean): Promise<SentActivity> {
    for (;;) {
      const found = this.all.find(fits);
      if (found !== undefined) return found;
      await once(this.#arrivals, 'arrival');
    }
  }

  /** Messages without typing indicators. */
  get messages(): readonly SentActivity[] {
    return this.all.filter(({ activity }) => activity.type === 'message');
  }

  get cards(): readonly AdaptiveCard[] {
    return this.messages.flatMap(({ activity }) => cardsOf(activity));
  }

  #record(kind: SentActivity['kind'], id: string, activity: Partial<Activity>): string {
    const refusal = this.refusals.shift() ?? null;
    if (refusal !== null) throw refusal;
    this.#next += 1;
    this.all.push({ id, kind, activity });
    this.#arrivals.emit('arrival');
    return id;
  }
}

export function cardsOf(activity: Partial<Activity>): readonly AdaptiveCard[] {
  return (activity.attachments ?? [])
    .filter(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive')
    .map(({ content }) => content as AdaptiveCard);
}
