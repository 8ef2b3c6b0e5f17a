import type { AdaptiveCard, MailboxView } from '../../cards/index.ts';
import * as cards from '../../cards/index.ts';
import type { Article } from '../../services/domain/article.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { type ErrorCode, errorCatalogue } from '../../services/observability/index.ts';
import {
  alertViewOf,
  type MailboxChange,
  mailboxViewOf,
  type OutsideTexts,
} from './card-fixtures.ts';
import { addressScenes } from './card-scenes-of-addresses.ts';
import { alertWallScenes } from './card-scenes-of-alerts.ts';
import { changeScenes } from './card-scenes-of-changes.ts';
import { guideScenes } from './card-scenes-of-guides.ts';
import { itemScenes } from './card-scenes-of-items.ts';
import { knowledgeScenes } from './card-scenes-of-knowledge.ts';
import { performanceScenes } from './card-scenes-of-performance.ts';
import { sightScenes } from './card-scenes-of-sights.ts';
import { supportScenes } from './card-scenes-of-support.ts';
import { waitingScenes } from './card-scenes-of-waiting.ts';
import { warningScenes } from './card-scenes-of-warnings.ts';
import {
  approvalScenes,
  incidentScenes,
  outboxScenes,
  primaryScenes,
  testScenes,
} from './card-scenes-of-work.ts';

/** One card in one situation, as tests check it and the gallery shows it. */
export interface Scene {
  /** Also the name of its JSON file. */
  readonly name: string;
  readonly card: AdaptiveCard;
}

/** Every card in every situation that changes how it looks, with these outside texts. */
export function scenesOf(
  articles: ReadonlyMap<string, Article>,
  texts: OutsideTexts,
  t: Translator,
): readonly Scene[] {
  const article = (id: string): Article => {
    const found = articles.get(id);
    if (found === undefined) throw new TypeError(`no article ${id}`);
    return found;
  };
  const box = (change: MailboxChange = {}): MailboxView => mailboxViewOf(texts, t.language, change);
  const disabled = {
    directions: ['disabled', 'disabled', 'notByServer'],
    health: 'disabled',
    pendingSend: 12,
    alerts: [article('bad-credentials'), article('secure-connection')],
  } as const;
  return [
    ...alertScenes([...articles.values()], texts, t, box),
    ...mailboxScenes(t, box, disabled),
    ...testScenes(article('bad-credentials'), texts, t, box),
    ...alertWallScenes(article('bad-credentials'), article('test-enable-success'), texts, t),
    ...approvalScenes(texts, t, box),
    ...primaryScenes(texts, t, box),
    ...incidentScenes(article('bad-credentials'), texts, t, box, disabled),
    ...outboxScenes(texts, t, box),
    ...warningScenes(texts, t, box),
    ...itemScenes([article('no-recipient-match'), article('organizer-missing')], texts, t, box),
    ...guideScenes(article('bad-credentials'), texts, t, box),
    ...supportScenes(article('bad-credentials'), texts, t, box),
    ...sightScenes(article('secure-connection'), texts, t, box),
    ...performanceScenes(t, box),
    ...waitingScenes(t, box),
    ...addressScenes(texts, t, box),
    ...changeScenes(texts, t, box),
    ...smallScenes(texts, t),
  ];
}

export type Box = (change?: MailboxChange) => MailboxView;

function alertScenes(
  articles: readonly Article[],
  texts: OutsideTexts,
  t: Translator,
  box: Box,
): Scene[] {
  const title = (article: Article) => ({ topic: article.id, title: article.title[t.language] });
  const byId = new Map<string, Article>(articles.map((article) => [article.id, article]));
  const related = (article: Article) =>
    article.related.flatMap((id) => {
      const found = byId.get(id);
      return found === undefined ? [] : [title(found)];
    });
  const retrying = box({ directions: ['retrying', 'working', 'neverTested'], health: 'retrying' });
  const mailbox = box({
    directions: ['disabled', 'answersAgain', 'notByServer'],
    health: 'disabled',
    pendingSend: 3,
    approval: 'pending',
    allowed: { requestApproval: true },
  });
  const views = articles.map((article) =>
    alertViewOf(article, texts, article.kind === 'alert' ? mailbox : null, {
      related: related(article),
      ...(article.kind === 'alert' ? {} : { slots: {}, direction: null, nature: null }),
    }),
  );
  const [first, second, third] = views.filter((view) => view.article.kind === 'alert');
  if (first === undefined || second === undefined || third === undefined) return [];
  const without = {
    ...first,
    mailbox: null,
    steps: first.article.steps.map((step) => ({
      step,
      now: false,
      onlyFor: [...step.serverTypes, ...step.deployments],
    })),
  };
  return [
    ...views.map((view) => ({
      name: `alert-${view.article.id}`,
      card: cards.alertCard(view, t),
    })),
    ...(['who', 'where', 'why', 'meaning', 'steps', 'duration', 'sources'] as const).map(
      (asks) => ({
        name: `follow-up-${asks}`,
        card: cards.followUpCard(
          {
            article: first.article,
            asks,
            deployment: asks === 'steps' ? 'on-premises' : null,
            steps: first.steps,
            mailbox: asks === 'duration' ? retrying : null,
          },
          t,
        ),
      }),
    ),
    {
      name: 'alert-retrying',
      card: cards.alertCard(
        { ...first, mailbox: retrying, nature: 'transient', code: '0x8005E272' },
        t,
      ),
    },
    {
      name: 'alert-mailbox-unknown',
      card: cards.alertCard({ ...without, mailboxLookup: 'unknown', confidence: 0.6 }, t),
    },
    {
      name: 'alert-same-name',
      card: cards.alertCard(
        {
          ...without,
          mailboxLookup: 'several',
          candidates: [1, 2].map((index) => ({
            name: texts.mailbox,
            address: `${texts.address}${index}`,
            mailboxId: `mailbox-${index}`,
          })),
        },
        t,
      ),
    },
    {
      name: 'several-alerts',
      card: cards.severalAlertsCard({ alerts: [first, { ...second, mailbox: null }, third] }, t),
    },
    {
      name: 'alert-choice',
      card: cards.alertChoiceCard(
        {
          choices: [first, second, third].map((view, index) => ({
            ...title(view.article),
            meaning: view.article.meaning[t.language],
            confidence: 0.5 - index / 10,
            slots: view.slots,
          })),
        },
        t,
      ),
    },
    ...(['nothing-documented', 'empty', 'too-long', 'binary', 'partly-read'] as const).map(
      (reason) => ({
        name: `no-match-${reason}`,
        card: cards.noMatchCard(
          { reason, near: reason === 'nothing-documented' ? title(first.article) : null },
          t,
        ),
      }),
    ),
  ];
}

function mailboxScenes(t: Translator, box: Box, disabled: MailboxChange): Scene[] {
  const scenes: Readonly<Record<string, MailboxChange>> = {
    healthy: { serverType: 'exchange-server', directions: ['working', 'working', 'working'] },
    retrying: { directions: ['retrying', 'confirming', 'notByServer'], health: 'retrying' },
    disabled: { ...disabled },
    'answers-again': {
      directions: ['answersAgain', 'answersAgain', 'notByServer'],
      health: 'disabled',
      pendingSend: 1,
    },
    'not-enabled': {
      directions: ['neverTested', 'testFailed', 'neverTested'],
      health: 'not-enabled',
      serverType: 'exchange-online',
      replica: true,
      approval: 'empty',
      allowed: { approve: false, requestApproval: true },
    },
    'to-approve': {
      directions: ['neverTested', 'neverTested', 'neverTested'],
      health: 'not-enabled',
      serverType: 'exchange-server',
      approval: 'pending',
      allowed: { approve: true },
    },
    inactive: {
      health: 'inactive',
      serverType: null,
      approval: 'rejected',
      allowed: { testAndEnable: false },
    },
  };
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      box({
        ...(index % 3 === 0 ? disabled : {}),
        ...(index % 3 === 1 ? { health: 'retrying' as const } : {}),
        address: `${index}.${box().mailbox.address}`,
      }),
    );
  const searched = box().mailbox.name;
  return [
    ...Object.entries(scenes).map(([name, change]) => ({
      name: `mailbox-${name}`,
      card: cards.mailboxCard(box(change), t),
    })),
    {
      name: 'list-mine',
      card: cards.mailboxListCard(
        { title: 'mine', searched: null, mailboxes: many(3), more: 0 },
        t,
      ),
    },
    {
      name: 'list-none',
      card: cards.mailboxListCard({ title: 'mine', searched: null, mailboxes: [], more: 0 }, t),
    },
    {
      name: 'list-suggestions',
      card: cards.mailboxListCard(
        { title: 'suggestions', searched, mailboxes: many(2), more: 0 },
        t,
      ),
    },
    {
      name: 'list-same-name',
      card: cards.mailboxListCard({ title: 'same-name', searched, mailboxes: many(2), more: 0 }, t),
    },
    {
      name: 'list-many',
      card: cards.mailboxListCard(
        { title: 'approvals', searched: null, mailboxes: many(60), more: 9_940 },
        t,
      ),
    },
  ];
}

function smallScenes(texts: OutsideTexts, t: Translator): Scene[] {
  const didYouMean = { typed: texts.subject, command: t('card.command.status') };
  return [
    {
      name: 'welcome',
      card: cards.welcomeCard({ scope: 'personal', name: texts.person, administrator: true }, t),
    },
    {
      name: 'welcome-channel',
      card: cards.welcomeCard({ scope: 'channel', name: null, administrator: false }, t),
    },
    {
      name: 'help',
      card: cards.helpCard({ scope: 'personal', administrator: false, didYouMean: null }, t),
    },
    {
      name: 'help-administrator',
      card: cards.helpCard({ scope: 'group', administrator: true, didYouMean }, t),
    },
    ...knowledgeScenes(texts, t),
    { name: 'language', card: cards.languageCard({ chosen: null }, t) },
    { name: 'language-set', card: cards.languageCard({ chosen: t.language }, t) },
    { name: 'outdated', card: cards.outdatedCard({ mailboxId: 'mailbox-1' }, t) },
    { name: 'outdated-nothing-known', card: cards.outdatedCard({ mailboxId: null }, t) },
    ...([null, 'OAUTH_CONNECTION_NAME'] as const).map((setting) => ({
      name: `sign-in-missing-${setting === null ? 'for-all' : 'for-administrators'}`,
      card: cards.signInMissingCard({ setting }, t),
    })),
    ...(Object.keys(errorCatalogue) as ErrorCode[]).map((code) => ({
      name: `error-${code}`,
      card: cards.errorCard(
        {
          code,
          traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
          theirText: `${texts.subject}\n  ${texts.reply}`,
        },
        t,
      ),
    })),
    ...(['picture', 'unreadable-file', 'unsupported-file'] as const).map((kind) => ({
      name: `attachment-${kind}`,
      card: cards.attachmentAdviceCard({ kind, fileName: `${texts.mailbox}.png` }, t),
    })),
  ];
}
