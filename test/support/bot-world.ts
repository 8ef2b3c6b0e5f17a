import { join } from 'node:path';
import { createNamesIn } from '../../bot/names-in.ts';
import { createPresenter } from '../../bot/present/index.ts';
import {
  type AdmissionRules,
  type BotServices,
  createOpenAnswers,
  createProactiveMessenger,
  createTeamsEndpoint,
  loadCommands,
  teamsServiceUrl,
} from '../../bot/teams/index.ts';
import type { AdaptiveCard } from '../../cards/index.ts';
import { createAnswers } from '../../services/answers/index.ts';
import { createApprovals } from '../../services/approvals/index.ts';
import { packageRoot } from '../../services/config/index.ts';
import { createStaticDirectory } from '../../services/directory/index.ts';
import { readDocument } from '../../services/documents/index.ts';
import { idOf, type TopicId, type UserId } from '../../services/domain/ids.ts';
import type { Person, Privilege, Role } from '../../services/domain/person.ts';
import { createEditing } from '../../services/editing/index.ts';
import { createGuides } from '../../services/guides/index.ts';
import { loadTexts } from '../../services/i18n/index.ts';
import { loadKnowledge } from '../../services/knowledge/index.ts';
import { createNotifications } from '../../services/notifications/index.ts';
import {
  createAlertFor,
  createEmbeddedEngine,
  type SyncEngine,
} from '../../services/sync-engine/index.ts';
import { createUnansweredTexts } from '../../services/unanswered/index.ts';
import { createFakeScheduler, type FakeScheduler } from './fake-scheduler.ts';
import { createMemoryStore } from './memory-store.ts';
import { RecordingAdapter } from './recording-adapter.ts';
import { createScriptedServer, type ScriptedServer } from './scripted-probe.ts';
import { silentLog } from './silent-log.ts';
import { type RegistryOptions, registryOf } from './sync-registry.ts';
import { TENANT } from './teams-activity.ts';

function person(id: string, name: string, roles: readonly Role[] = []): Person {
  const privileges: readonly Privilege[] = roles.length > 0 ? ['approve-email-addresses'] : [];
  return { id: idOf<UserId>(id), name, email: `${id}@contoso.test`, roles, privileges };
}

/** Owns the mailbox Anna Ek; mailboxes and people are those of sync-registry.ts. */
export const anna = person('anna', 'Anna Ek');
export const olga = person('olga', 'Ölga Åström');
export const admin = person('admin', 'Adam Admin', ['system-administrator']);
export const globalAdmin = person('global', 'Gustav Global', [
  'system-administrator',
  'global-administrator',
]);
/** Owns nothing and has no role. */
export const bystander = person('bystander', 'Berit By');
export const profileOwner = person('profile-owner', 'Petra Profil');

export interface BotWorld {
  readonly adapter: RecordingAdapter;
  readonly services: BotServices;
  readonly scheduler: FakeScheduler;
  readonly imap: ScriptedServer;
  readonly smtp: ScriptedServer;
  readonly ews: ScriptedServer;
  /** The documented wording of an alert about a mailbox, disabled for receiving. */
  readonly alert: (topic: string, mailbox: string, lang?: string) => string;
  /** Posts an activity; when it resolves, what follows the answer has been done too. */
  readonly post: (
    activity: unknown,
  ) => Promise<{ readonly status: number; readonly body?: unknown }>;
  /** The cards that one activity is answered with. */
  readonly ask: (activity: unknown) => Promise<readonly AdaptiveCard[]>;
}

export interface BotWorldOptions extends RegistryOptions {
  readonly rules?: Partial<AdmissionRules>;
  readonly over?: (services: BotServices) => Partial<BotServices>;
  /** Before anything uses it: where another engine answers otherwise. */
  readonly wrapEngine?: (engine: SyncEngine) => SyncEngine;
}

const data = join(packageRoot(), 'data');
// Read once: they are never written, and no test could tell.
const [texts, knowledge, commands] = await Promise.all([
  loadTexts(data),
  loadKnowledge(data),
  loadCommands(data),
]);

/** The bot with its real insides, before a recording channel and scripted mail servers. */
export async function createBotWorld(options: BotWorldOptions = {}): Promise<BotWorld> {
  if (texts.kind === 'invalid') throw new TypeError(JSON.stringify(texts.problems));
  if (knowledge.kind === 'invalid') throw new TypeError(JSON.stringify(knowledge.problems));
  if (commands.kind === 'invalid') throw new TypeError(JSON.stringify(commands.problems));
  const scheduler = createFakeScheduler();
  const store = createMemoryStore({ clock: scheduler });
  const imap = createScriptedServer('imap');
  const smtp = createScriptedServer('smtp');
  const graph = createScriptedServer('graph');
  const ews = createScriptedServer('ews');
  const directory = createStaticDirectory([
    anna,
    olga,
    admin,
    globalAdmin,
    bystander,
    profileOwner,
  ]);
  const embedded = createEmbeddedEngine({
    registry: registryOf(options),
    store,
    scheduler,
    probes: { imap: imap.probe, smtp: smtp.probe, graph: graph.probe, ews: ews.probe },
    senders: { smtp: smtp.sender, graph: graph.sender, ews: ews.sender },
    alertFor: createAlertFor(() => knowledge.knowledge.articles()),
    log: silentLog,
  });
  const engine = options.wrapEngine?.(embedded) ?? embedded;
  const adapter = new RecordingAdapter();
  const openAnswers = createOpenAnswers();
  const world = { engine, directory, knowledge: knowledge.knowledge, store };
  const presenter = createPresenter(world);
  const notifications = createNotifications({
    store,
    engine,
    directory,
    messenger: createProactiveMessenger({
      adapter,
      presenter,
      directory,
      store,
      texts: texts.texts,
      openAnswers,
      log: silentLog,
    }),
    scheduler,
    log: silentLog,
  });
  await engine.start(notifications.sink);
  notifications.start();
  const real: BotServices = {
    ...world,
    presenter,
    notifications,
    answers: createAnswers({ store, clock: scheduler, log: silentLog }),
    editing: createEditing({
      store,
      clock: scheduler,
      log: silentLog,
      knowledge: knowledge.knowledge,
    }),
    unanswered: createUnansweredTexts({
      store,
      clock: scheduler,
      log: silentLog,
      articles: () => knowledge.knowledge.articles(),
      namesIn: createNamesIn(engine),
    }),
    approvals: createApprovals({
      store,
      engine,
      directory,
      clock: scheduler,
      log: silentLog,
      enqueueCopyUpdates: (transaction, ids) => notifications.enqueueCopyUpdates(transaction, ids),
      kick: () => notifications.kick(),
    }),
    guides: createGuides({
      store,
      engine,
      clock: scheduler,
      redraw: (transaction, guide) => notifications.enqueueGuideUpdates(transaction, guide),
    }),
    texts: texts.texts,
    commands: commands.commands,
    readDocument,
    download: async () => null,
    signIn: null,
    clock: scheduler,
    log: silentLog,
    stopping: new AbortController().signal,
  };
  const services = { ...real, ...options.over?.(real) };
  const endpoint = createTeamsEndpoint(
    adapter,
    services,
    { allowedTenants: [TENANT], serviceUrlAllowed: teamsServiceUrl, ...options.rules },
    openAnswers,
  );
  const alert: BotWorld['alert'] = (topic, mailbox, lang = 'en') => {
    const article = services.knowledge.article(idOf<TopicId>(topic));
    const text =
      article === null
        ? null
        : services.knowledge.renderAlert({
            article,
            lang,
            generation: 1,
            direction: 'incoming',
            slots: { mailbox, profile: 'Contoso mail' },
          });
    if (text === null) throw new TypeError(`no wording of ${topic} in ${lang}`);
    return text;
  };
  const post: BotWorld['post'] = async (activity) => {
    const { afterFlush, ...answer } = await endpoint.handle('', activity);
    await afterFlush();
    return answer;
  };
  return {
    adapter,
    services,
    scheduler,
    imap,
    smtp,
    ews,
    alert,
    post,
    async ask(activity) {
      const before = adapter.cards.length;
      await post(activity);
      return adapter.cards.slice(before);
    },
  };
}

/** All texts of a card, as a person reads them. */
export function textsOf(card: unknown): string {
  if (Array.isArray(card)) return card.map(textsOf).join('\n');
  if (typeof card !== 'object' || card === null) return '';
  return Object.entries(card)
    .map(([key, value]) =>
      typeof value === 'string' && ['text', 'title', 'value', 'codeSnippet'].includes(key)
        ? value
        : textsOf(value),
    )
    .join('\n');
}

interface Button {
  readonly verb: string;
  readonly data: Record<string, unknown>;
}

/** All Action.Execute buttons of a card. */
export function buttonsOf(card: unknown): readonly Button[] {
  if (Array.isArray(card)) return card.flatMap(buttonsOf);
  if (typeof card !== 'object' || card === null) return [];
  const { type, verb, data: payload, ...rest } = card as Record<string, unknown>;
  const own =
    type === 'Action.Execute' && typeof verb === 'string'
      ? [{ verb, data: payload as Record<string, unknown> }]
      : [];
  return [...own, ...Object.values(rest).flatMap(buttonsOf)];
}

export function buttonOf(card: unknown, verb: string): Button {
  const found = buttonsOf(card).find((button) => button.verb === verb);
  if (found === undefined) throw new TypeError(`the card has no button ${verb}`);
  return found;
}

/** The card that an invoke was answered with. */
export function invokedCard({ body }: { readonly body?: unknown }): AdaptiveCard {
  const { statusCode, type, value } = body as Record<string, unknown>;
  if (statusCode !== 200 || type !== 'application/vnd.microsoft.card.adaptive') {
    throw new TypeError(`the invoke was answered with ${String(statusCode)} ${String(type)}`);
  }
  return value as AdaptiveCard;
}
