import { type InvokeResponse, TeamsActivityHandler, TurnContext } from 'botbuilder';
import { asAppError } from '../../services/observability/index.ts';
import { answerPress } from './answer-press.ts';
import { answerSubmitted } from './answer-submitted.ts';
import type { BotServices } from './bot-services.ts';
import type { ClickFollowUp } from './click.ts';
import { type DuplicateActivities, duplicateKeyOf } from './duplicate-activities.ts';
import { withinBoundary } from './error-boundary.ts';
import { farewell, welcome } from './handlers/welcome.ts';
import { cardAnswer, emptyAnswer } from './invoke-answer.ts';
import { clientSettings } from './language-choice.ts';
import { rememberConversation } from './remember-conversation.ts';
import { routeMessage } from './route-message.ts';
import { askerOf, turnOf, type Visitor } from './sdk-turn.ts';
import { sendCard } from './send-card.ts';
import { senderOf } from './sender.ts';
import { answerSignIn, answerTypedCode, SIGN_IN_INVOKES } from './sign-in/answer-sign-in.ts';
import { askToSignIn, wantedBy } from './sign-in/ask-to-sign-in.ts';
import type { TurnFollowUp } from './turn-follow-up.ts';

export interface MailboxMedicBotOptions {
  readonly services: BotServices;
  readonly duplicates: DuplicateActivities;
  readonly followUp: TurnFollowUp;
  /** Stands in the log and on the error card of this turn. */
  readonly traceId: string;
}

/** What comes from Teams, in the order of design.md §5. One instance to a turn. */
export class MailboxMedicBot extends TeamsActivityHandler {
  readonly #services: BotServices;
  readonly #duplicates: DuplicateActivities;
  readonly #followUp: TurnFollowUp;
  readonly #traceId: string;

  constructor({ services, duplicates, followUp, traceId }: MailboxMedicBotOptions) {
    super();
    this.#services = services;
    this.#duplicates = duplicates;
    this.#followUp = followUp;
    this.#traceId = traceId;
  }

  override async run(context: TurnContext): Promise<void> {
    const { activity } = context;
    const { log } = this.#services;
    // A repeated click needs its answer again; actions have idempotency keys of their own.
    const key = activity.type === 'invoke' ? null : duplicateKeyOf(activity);
    if (key === null) return super.run(context);
    if (!(await this.#duplicates.begin(key))) {
      log.info('activity-repeated', { traceId: this.#traceId });
      return;
    }
    try {
      await super.run(context);
    } catch (error) {
      this.#duplicates.failed(key);
      throw error;
    }
    await this.#duplicates.done(key).catch((error: unknown) => {
      log.error('activity-not-recorded', {
        traceId: this.#traceId,
        reason: asAppError(error).code,
      });
    });
  }

  protected override async onMessageActivity(context: TurnContext): Promise<void> {
    await this.#answering(context, async (visitor) => {
      const value: unknown = context.activity.value;
      if (value !== undefined && value !== null) return this.#submitted(context, value, visitor);
      if (await answerTypedCode(context, visitor, this.#followUp, this.#services)) return;
      await routeMessage(turnOf(context, visitor, this.#services), this.#services);
    });
  }

  /** An edited message is answered again; one whose deletion is undone is not. */
  protected override async onMessageUpdateActivity(context: TurnContext): Promise<void> {
    const channelData = context.activity.channelData as
      | { readonly eventType?: unknown }
      | undefined;
    if (channelData?.eventType !== 'undeleteMessage') await this.onMessageActivity(context);
  }

  protected override async onInstallationUpdateActivity(context: TurnContext): Promise<void> {
    const { action } = context.activity;
    if (action === 'remove') await farewell(context.activity.conversation.id, this.#services);
    else if (action === 'add') await this.#welcome(context);
  }

  /** Other people who join are not greeted before everybody; they are when they install the bot. */
  protected override async onConversationUpdateActivity(context: TurnContext): Promise<void> {
    const { membersAdded = [], membersRemoved = [], recipient, conversation } = context.activity;
    const isBot = ({ id }: { readonly id: string }): boolean => id === recipient.id;
    if (membersRemoved.some(isBot)) await farewell(conversation.id, this.#services);
    else if (membersAdded.some(isBot)) await this.#welcome(context);
  }

  /** Validated before the SDK's own handling, which dereferences hostile data; always HTTP 200. */
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const { activity } = context;
    const isSignIn = SIGN_IN_INVOKES.some((name) => name === activity.name);
    if (activity.name !== 'adaptiveCard/action' && !isSignIn) return emptyAnswer;
    let answer = emptyAnswer;
    const work = async (meet: (visitor: Visitor) => void): Promise<void> => {
      const visitor = await this.#visitor(context, meet);
      const asker = askerOf(context, visitor, this.#services);
      answer = isSignIn
        ? await answerSignIn(context, visitor, this.#followUp, this.#services)
        : await answerPress(context, asker, this.#afterClick(context), this.#services);
    };
    await withinBoundary(activity, this.#traceId, this.#services, work, async (card) => {
      if (isSignIn) await sendCard(context, card);
      else answer = cardAnswer(card);
    });
    return answer;
  }

  async #submitted(context: TurnContext, value: unknown, visitor: Visitor): Promise<void> {
    const turn = turnOf(context, visitor, this.#services);
    const asker = askerOf(context, visitor, this.#services);
    const submitted = { value, cardId: context.activity.replyToId ?? null };
    const followUp = this.#afterClick(context);
    await answerSubmitted(context, { asker, turn }, submitted, followUp, this.#services);
  }

  #afterClick({ activity }: TurnContext): ClickFollowUp {
    const { resume, ...others } = this.#followUp;
    const reference = TurnContext.getConversationReference(activity);
    const wanted = wantedBy(activity);
    return {
      ...others,
      askToSignIn: ({ signIn }, asker) =>
        resume(reference, (context) =>
          askToSignIn(context, asker, { wanted, why: signIn }, this.#services),
        ),
    };
  }

  async #welcome(context: TurnContext): Promise<void> {
    await this.#answering(context, (visitor) =>
      welcome(turnOf(context, visitor, this.#services), this.#services),
    );
  }

  async #answering(context: TurnContext, work: (visitor: Visitor) => Promise<void>): Promise<void> {
    await withinBoundary(
      context.activity,
      this.#traceId,
      this.#services,
      async (meet) => work(await this.#visitor(context, meet)),
      async (card) => {
        await sendCard(context, card);
      },
    );
  }

  /** Who is here. That it cannot be written down is no reason not to answer. */
  async #visitor(context: TurnContext, meet: (visitor: Visitor) => void): Promise<Visitor> {
    const { activity } = context;
    const { directory, store, notifications, clock, log } = this.#services;
    const client = clientSettings(activity);
    const person = await senderOf(activity, directory);
    const preference = await rememberConversation(activity, person, client, {
      store,
      notifications,
      clock,
    }).catch((error: unknown) => {
      log.error('conversation-not-remembered', {
        traceId: this.#traceId,
        reason: asAppError(error).code,
      });
      return store.get('preferences', person.id);
    });
    const visitor = { person, preference, client, traceId: this.#traceId };
    meet(visitor);
    return visitor;
  }
}
