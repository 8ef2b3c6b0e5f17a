import { type Activity, TurnContext } from 'botbuilder';
import type { ConversationLink, Preference } from '../../services/domain/conversation.ts';
import type { Person } from '../../services/domain/person.ts';
import { epochMsOf, HOUR_MS, instantOf } from '../../services/domain/time.ts';
import type { Notifications } from '../../services/notifications/index.ts';
import type { Clock } from '../../services/scheduler/index.ts';
import type { Store } from '../../services/store/index.ts';
import { scopeOf } from './conversation-scope.ts';
import { type ClientSettings, chooseLanguage } from './language-choice.ts';

/** `seenAt` is for people who look after the bot: it need not be exact, and each write costs an fsync. */
const SEEN_GRAIN_MS = 24 * HOUR_MS;

export interface Memory {
  readonly store: Store;
  readonly notifications: Pick<Notifications, 'conversationOpened' | 'kick'>;
  readonly clock: Clock;
}

/** Keeps where this person can be reached, and what their client speaks; writes only what changed. */
export async function rememberConversation(
  activity: Activity,
  person: Person,
  client: ClientSettings,
  { store, notifications, clock }: Memory,
): Promise<Preference> {
  const [known, preference] = await Promise.all([
    store.get('conversations', activity.conversation.id),
    store.get('preferences', person.id),
  ]);
  const nextPreference = mergedPreference(person, preference, client);
  const link = linkOf(activity, person, localeOf(activity, known, nextPreference), clock);
  const linkChanged = known === undefined || differs(known, link);
  const preferenceChanged = JSON.stringify(preference) !== JSON.stringify(nextPreference);
  if (!linkChanged && !preferenceChanged) return nextPreference;
  const opened = link.scope === 'personal' && known?.state !== 'reachable';
  await store.transact(async (transaction) => {
    if (linkChanged) await transaction.put('conversations', link);
    if (preferenceChanged) await transaction.put('preferences', nextPreference);
    if (opened) await notifications.conversationOpened(transaction, person.id);
  });
  if (opened) notifications.kick();
  return nextPreference;
}

function mergedPreference(
  person: Person,
  before: Preference | undefined,
  client: ClientSettings,
): Preference {
  return {
    id: person.id,
    language: before?.language ?? null,
    clientLanguage: client.language ?? before?.clientLanguage ?? null,
    timeZone: client.timeZone ?? before?.timeZone ?? null,
  };
}

/**
 * What others in a conversation read follows whoever spoke last. A click is no speech: its answer is
 * in the clicker's language, and the card that everybody sees keeps its own.
 */
function localeOf(
  activity: Activity,
  known: ConversationLink | undefined,
  preference: Preference,
): string {
  const spoken = chooseLanguage(preference, null, null);
  if (activity.type !== 'invoke' || scopeOf(activity) === 'personal') return spoken;
  const { locale = spoken } = (known?.reference ?? {}) as { readonly locale?: string };
  return locale;
}

/** The newest service URL always wins: Teams moves conversations between regions. */
function linkOf(
  activity: Activity,
  person: Person,
  locale: string,
  clock: Clock,
): ConversationLink {
  const scope = scopeOf(activity);
  const reference = TurnContext.getConversationReference(activity);
  const tenantId: unknown = activity.conversation.tenantId;
  const { bot, channelId, conversation, serviceUrl } = reference;
  return {
    id: activity.conversation.id,
    scope,
    userId: scope === 'personal' ? person.id : null,
    tenantId: typeof tenantId === 'string' ? tenantId : '',
    reference: { bot, channelId, conversation, serviceUrl, locale },
    state: 'reachable',
    seenAt: instantOf(clock.now()),
  };
}

function differs(known: ConversationLink, now: ConversationLink): boolean {
  if (known.state !== now.state || known.userId !== now.userId) return true;
  if (JSON.stringify(known.reference) !== JSON.stringify(now.reference)) return true;
  return epochMsOf(now.seenAt) - epochMsOf(known.seenAt) > SEEN_GRAIN_MS;
}
