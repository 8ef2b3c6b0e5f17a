import { setTimeout as wait } from 'node:timers/promises';
import type { TurnContext } from 'botbuilder';
import type { Preference } from '../../services/domain/conversation.ts';
import type { Language } from '../../services/domain/language.ts';
import type { Person } from '../../services/domain/person.ts';
import { conversationViewer, personViewer } from '../present/index.ts';
import type { BotServices } from './bot-services.ts';
import { scopeOf } from './conversation-scope.ts';
import { type ClientSettings, chooseLanguage, chooseTimeZone } from './language-choice.ts';
import { rememberCard } from './remember-card.ts';
import { sendCard } from './send-card.ts';
import { sentFiles, sentPicture } from './sent-files.ts';
import { askToSignIn, wantedBy } from './sign-in/ask-to-sign-in.ts';
import type { Asker, Turn } from './turn.ts';
import { writtenText } from './written-text.ts';

/** Who turned to the bot, and what is known of how to answer them. */
export interface Visitor {
  readonly person: Person;
  readonly preference: Preference | undefined;
  readonly client: ClientSettings;
  readonly traceId: string;
}

/** A typing indicator that is slow to be accepted must not keep the answer waiting. */
const TYPING_PATIENCE_MS = 300;

export function askerOf(
  context: TurnContext,
  { person, preference, client, traceId }: Visitor,
  { texts }: Pick<BotServices, 'texts'>,
): Asker {
  const { activity } = context;
  const language = chooseLanguage(preference, null, client);
  return {
    person,
    account: { id: activity.from.id, channelId: activity.channelId },
    hasJustSignedIn: false,
    // The answer to a click is seen by whoever clicked, also in a shared conversation.
    viewer: personViewer(person),
    scope: scopeOf(activity),
    conversationId: activity.conversation.id,
    t: texts.translatorFor(language, chooseTimeZone(preference, client)),
    idempotencyKey: `${activity.conversation.id}:${activity.id ?? traceId}`,
    traceId,
  };
}

/** The turn of a message over the SDK's context, which must not be touched when the turn has ended. */
export function turnOf(
  context: TurnContext,
  visitor: Visitor,
  services: Pick<BotServices, 'texts' | 'store' | 'notifications' | 'log' | 'signIn' | 'clock'>,
): Turn {
  const asker = askerOf(context, visitor, services);
  const { activity } = context;
  const viewer = asker.scope === 'personal' ? asker.viewer : conversationViewer;
  const turn: Turn = {
    ...asker,
    viewer,
    text: writtenText(activity),
    files: sentFiles(activity),
    sentPicture: sentPicture(activity),
    speaking(language: Language | null): Turn {
      const chosen = chooseLanguage(visitor.preference, language, visitor.client);
      if (chosen === this.t.language) return this;
      return { ...this, t: services.texts.translatorFor(chosen, this.t.timeZone) };
    },
    async reply(card, shown = null) {
      const activityId = await sendCard(context, card);
      if (activityId === null || shown === null) return;
      await rememberCard(asker, activityId, shown, services);
    },
    async askToSignIn(answer) {
      const question =
        answer === 'to-be-signed-in'
          ? ({ wanted: { kind: 'nothing' }, why: 'wanted' } as const)
          : { wanted: wantedBy(activity), why: answer.signIn };
      await askToSignIn(context, this, question, services);
    },
    async say(key) {
      await context.sendActivity(this.t(key));
    },
    async typing() {
      const shown = context.sendActivity({ type: 'typing' }).then(
        () => undefined,
        () => undefined,
      );
      await Promise.race([shown, wait(TYPING_PATIENCE_MS, undefined, { ref: false })]);
    },
  };
  return turn;
}
