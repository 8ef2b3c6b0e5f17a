import * as cards from '../../cards/index.ts';
import type { Article } from '../../services/domain/article.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { at, failureOf, type OutsideTexts, testRunViewOf } from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';
import { sightOf } from './card-scenes-of-sights.ts';

/** What is sent to somebody who cannot look into Dynamics 365. */
export function supportScenes(
  article: Article,
  texts: OutsideTexts,
  t: Translator,
  box: Box,
): readonly Scene[] {
  const view = box({
    directions: ['disabled', 'retrying', 'notByServer'],
    health: 'disabled',
    alerts: [article, article],
  });
  const failure = failureOf(texts);
  const { mailbox, profile } = view;
  const lastFailure = { ...failure, at: at(-120) };
  const { incoming, outgoing, act } = mailbox.directions;
  const failing: cards.SupportView = {
    at: at(0),
    mailbox: {
      ...mailbox,
      directions: {
        incoming: { ...incoming, lastFailure },
        outgoing: { ...outgoing, lastFailure },
        act,
      },
    },
    profile,
    organization: null,
    alerts: view.openAlerts.map((alert) => ({
      alert,
      words: texts.reply,
      title: texts.subject,
      codes: [texts.reply],
    })),
    run: testRunViewOf(texts, view, [
      {
        outcome: 'failed',
        protocol: 'imap',
        failure,
        stages: [
          { stage: 'authenticate', outcome: 'failed', tookMs: 80, evidence: failure.evidence },
        ],
      },
      { outcome: 'interrupted', by: 'restart', protocol: null, stages: [] },
      { outcome: 'skipped', because: 'not-synchronized-by-server' },
    ]).run,
    sights: [
      {
        directions: ['incoming'],
        verdict: 'credentials-rejected',
        sight: sightOf('imap.contoso.example', { signIn: [texts.reply] }),
      },
    ],
  };
  const little: cards.SupportView = {
    at: at(0),
    mailbox,
    profile: null,
    organization: null,
    alerts: [],
    run: null,
    sights: [],
  };
  return [
    { name: 'support', card: cards.supportCard(failing, t) },
    { name: 'support-little-known', card: cards.supportCard(little, t) },
  ];
}
