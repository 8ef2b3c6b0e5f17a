import type { Activity, ConversationReference, TurnContext } from 'botbuilder';
import type { Directory } from '../../services/directory/index.ts';
import type { CardReference } from '../../services/domain/card-reference.ts';
import type { ConversationLink } from '../../services/domain/conversation.ts';
import type { UserId } from '../../services/domain/ids.ts';
import { isLanguage } from '../../services/domain/language.ts';
import type { Texts, Translator } from '../../services/i18n/index.ts';
import type { DeliveryAnswer, Messenger } from '../../services/notifications/index.ts';
import { asAppError, type Log } from '../../services/observability/index.ts';
import type { Reader } from '../../services/store/index.ts';
import { conversationViewer, type Presenter, personViewer, type Viewer } from '../present/index.ts';
import { cardMessage } from './card-message.ts';
import type { ChannelAdapter } from './channel-adapter.ts';
import { deliveryAnswerOf } from './delivery-answer.ts';
import { chooseLanguage, chooseTimeZone, DEFAULT_LANGUAGE } from './language-choice.ts';
import type { OpenAnswers } from './open-answers.ts';
import { stranger } from './sender.ts';

export interface ProactiveMessengerOptions {
  readonly adapter: Pick<ChannelAdapter, 'resume'>;
  readonly presenter: Presenter;
  readonly directory: Directory;
  readonly store: Reader;
  readonly texts: Texts;
  readonly openAnswers: OpenAnswers;
  readonly log: Log;
}

interface Readership {
  readonly viewer: Viewer;
  readonly t: Translator;
}

/** Puts cards before people outside of their own turns, one request per card. */
export function createProactiveMessenger(options: ProactiveMessengerOptions): Messenger {
  const { adapter, presenter, directory, store, texts, log } = options;

  async function readerFor(link: ConversationLink, viewerId: UserId | null): Promise<Readership> {
    if (viewerId === null) {
      const { locale } = link.reference as Partial<ConversationReference>;
      const language = isLanguage(locale) ? locale : DEFAULT_LANGUAGE;
      return { viewer: conversationViewer, t: texts.translatorFor(language, 'UTC') };
    }
    const preference = await store.get('preferences', viewerId);
    const person = (await directory.person(viewerId)) ?? stranger(viewerId, undefined);
    const language = chooseLanguage(preference, null, null);
    return {
      viewer: personViewer(person),
      t: texts.translatorFor(language, chooseTimeZone(preference, null)),
    };
  }

  async function deliver(
    link: ConversationLink,
    viewerId: UserId | null,
    reference: CardReference,
    put: (context: TurnContext, message: Partial<Activity>) => Promise<string | undefined>,
  ): Promise<DeliveryAnswer> {
    let message: Partial<Activity>;
    try {
      const { viewer, t } = await readerFor(link, viewerId);
      const card = await presenter.present(reference, viewer, t);
      if (card === null) return { kind: 'obsolete' };
      message = cardMessage(card);
    } catch (error) {
      // The directory or the engine did not answer: nothing is wrong with the conversation.
      const { code } = asAppError(error);
      log.error('card-not-drawn', { card: reference.card, reason: code });
      return { kind: 'retry', afterMs: 0, answer: code };
    }
    let activityId = '';
    try {
      await adapter.resume(link.reference as Partial<ConversationReference>, async (context) => {
        activityId = (await put(context, message)) ?? '';
      });
      return { kind: 'delivered', activityId };
    } catch (error) {
      return deliveryAnswerOf(error);
    }
  }

  return {
    send: (link, recipientId, reference) =>
      deliver(link, recipientId, reference, async (context, message) => {
        const response = await context.sendActivity(message);
        return response?.id;
      }),
    async update(link, copy) {
      await options.openAnswers.settled(link.id);
      // The click whose answer has just left may have put something else in this card's place.
      const { viewerId, reference } = (await store.get('cardCopies', copy.id)) ?? copy;
      return deliver(link, viewerId, reference, async (context, message) => {
        await context.updateActivity({ ...message, id: copy.activityId });
        return copy.activityId;
      });
    },
  };
}
