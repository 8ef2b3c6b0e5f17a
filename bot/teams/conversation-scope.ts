import type { Activity } from 'botbuilder';
import type { ConversationLink } from '../../services/domain/conversation.ts';

const SCOPES: Readonly<Record<string, ConversationLink['scope']>> = {
  personal: 'personal',
  groupChat: 'group',
  channel: 'channel',
};

/** Some clients leave the type of a personal conversation out. */
export function scopeOf(activity: Activity): ConversationLink['scope'] {
  const { conversationType, isGroup } = activity.conversation as {
    readonly conversationType?: string;
    readonly isGroup?: boolean;
  };
  return SCOPES[conversationType ?? ''] ?? (isGroup === true ? 'group' : 'personal');
}
