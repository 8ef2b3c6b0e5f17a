import type { ConversationReference } from 'botbuilder';
import type { AdaptiveCard } from '../../cards/index.ts';
import type { ConversationLink } from '../../services/domain/conversation.ts';
import type { Reader } from '../../services/store/index.ts';
import type { ChannelAdapter } from './channel-adapter.ts';
import { sendCard } from './send-card.ts';
import type { Asker } from './turn.ts';

/**
 * Puts a card before somebody whose turn has ended. `for-them-alone` is not sent where the person has
 * no conversation of their own; what may be seen by all is then sent where they asked.
 */
export type SendLater = (
  asker: Pick<Asker, 'person' | 'conversationId'>,
  card: AdaptiveCard,
  privacy: 'for-them-alone' | 'for-all',
) => Promise<void>;

export function createSendLater(adapter: Pick<ChannelAdapter, 'resume'>, store: Reader): SendLater {
  async function personalLink(
    asker: Parameters<SendLater>[0],
  ): Promise<ConversationLink | undefined> {
    const links = await store.find('conversations', { userId: asker.person.id, scope: 'personal' });
    return (
      links.find(({ id }) => id === asker.conversationId) ??
      links.find(({ state }) => state === 'reachable')
    );
  }

  return async (asker, card, privacy) => {
    const shared =
      privacy === 'for-all' ? await store.get('conversations', asker.conversationId) : undefined;
    const link = (await personalLink(asker)) ?? shared;
    if (link === undefined) return;
    await adapter.resume(link.reference as Partial<ConversationReference>, async (context) => {
      await sendCard(context, card);
    });
  };
}
