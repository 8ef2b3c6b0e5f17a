import type { MailboxView, SightView } from '../../cards/index.ts';
import * as cards from '../../cards/index.ts';
import type { Article } from '../../services/domain/article.ts';
import type { ServerSight } from '../../services/domain/server-sight.ts';
import type { Translator } from '../../services/i18n/index.ts';
import {
  at,
  failureOf,
  incidentViewOf,
  type OutsideTexts,
  testRunViewOf,
} from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';

/** Of `host`, seen a quarter of an hour ago. */
export function sightOf(host: string, changes: Partial<ServerSight> = {}): ServerSight {
  return {
    id: `imap:implicit:${host}:993`,
    endpoint: { protocol: 'imap', host, port: 993, tls: 'implicit' },
    outcome: 'well',
    reason: null,
    certificate: null,
    certificateEndsAt: at(60 * 24 * 200),
    signIn: ['PLAIN', 'XOAUTH2'],
    at: at(-15),
    ...changes,
  };
}

/** What the bot itself saw of a server, in each way that it may read. */
export function sightScenes(
  article: Article,
  texts: OutsideTexts,
  t: Translator,
  box: Box,
): Scene[] {
  const host = texts.address.replace('@', '.');
  const well = sightOf(host, { signIn: [texts.reply, 'XOAUTH2'] });
  const sights: Readonly<Record<string, Omit<SightView, 'directions'>>> = {
    'sign-in': { sight: well, verdict: 'credentials-rejected' },
    'reached-from-here': { sight: well, verdict: 'timeout' },
    'no-way-in': {
      sight: { ...well, signIn: [], certificateEndsAt: null },
      verdict: 'unknown',
    },
    'certificate-ended': {
      sight: {
        ...well,
        outcome: 'wrong',
        reason: 'certificate-expired',
        certificateEndsAt: at(-60 * 24),
      },
      verdict: 'credentials-rejected',
    },
    unreached: {
      sight: { ...well, outcome: 'unreached', reason: 'timeout' },
      verdict: 'connection-refused',
    },
    'not-looked': { sight: { ...well, outcome: 'not-looked' }, verdict: 'timeout' },
  };
  const failing = {
    directions: ['disabled', 'working', 'notByServer'],
    health: 'disabled',
  } as const;
  const views = Object.entries(sights).map(([name, sight]) => ({
    name,
    view: { ...sight, directions: ['incoming'] } as const,
  }));
  const seen = (...of: readonly SightView[]): MailboxView => ({ ...box(failing), sights: of });
  const ended = { ...sights['certificate-ended'], directions: ['incoming'] } as SightView;
  const away = { ...sights['unreached'], directions: ['outgoing'] } as SightView;
  const failed = {
    outcome: 'failed',
    protocol: null,
    stages: [],
    failure: failureOf(texts),
  } as const;
  return [
    ...views.map(({ name, view }) => ({
      name: `mailbox-sight-${name}`,
      card: cards.mailboxCard(seen(view), t),
    })),
    {
      name: 'test-sights',
      card: cards.testRunCard(
        testRunViewOf(texts, seen(ended, away), [failed, failed, { outcome: 'waiting' }]),
        t,
      ),
    },
    {
      name: 'incident-sights',
      card: cards.incidentCard(
        incidentViewOf(texts, article, 'disabled', 'must-act', [seen(ended, away)]),
        t,
      ),
    },
  ];
}
