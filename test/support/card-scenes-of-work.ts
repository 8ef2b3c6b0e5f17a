import * as cards from '../../cards/index.ts';
import type { Article } from '../../services/domain/article.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { requestViewOf } from './approval-request-fixture.ts';
import {
  failureOf,
  incidentViewOf,
  type MailboxChange,
  type OutsideTexts,
  stagesOf,
  testRunViewOf,
} from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';
import { outboxViewOf } from './outbox-fixture.ts';

/** What goes on over time: tests, requests, incidents, waiting messages. */
export function testScenes(
  article: Article,
  texts: OutsideTexts,
  t: Translator,
  box: Box,
): Scene[] {
  const explained = {
    topic: article.id,
    title: article.title[t.language],
    firstStep: article.steps[1]?.text[t.language] ?? '',
  };
  const skipped = { outcome: 'skipped', because: 'not-supported-by-server-type' } as const;
  const passed = { outcome: 'passed', protocol: 'imap', stages: stagesOf(texts, null) } as const;
  const failed = (stage: 'tls' | 'authenticate') =>
    ({
      outcome: 'failed',
      protocol: 'smtp',
      stages: stagesOf(texts, stage),
      failure: failureOf(texts, stage === 'tls' ? { stage, reason: 'certificate-expired' } : {}),
    }) as const;
  const running = {
    outcome: 'running',
    protocol: 'imap',
    stages: stagesOf(texts, null).slice(0, 3),
  } as const;
  const found = stagesOf(texts, null).map((stage) =>
    stage.stage === 'exchange'
      ? { ...stage, evidence: [{ label: 'found-after' as const, value: '2014' }] }
      : stage,
  );
  const waiting = { outcome: 'waiting' } as const;
  const unfinished = {
    outcome: 'interrupted',
    by: 'not-finished',
    protocol: null,
    stages: [],
  } as const;
  const online = box({ serverType: 'exchange-online', replica: true });
  const ofOther = {
    outcome: 'failed',
    protocol: null,
    stages: [],
    failure: failureOf(texts, {
      scope: 'mailbox',
      stage: 'authorise',
      reason: 'other-organization',
      evidence: [{ label: 'primary-organization', value: texts.profile }],
    }),
  } as const;
  return [
    {
      name: 'test-queued',
      view: testRunViewOf(texts, box(), [waiting, waiting, waiting], {
        state: 'queued',
        finishedAt: null,
      }),
    },
    {
      name: 'test-running',
      view: testRunViewOf(texts, online, [running, waiting, waiting], {
        state: 'running',
        finishedAt: null,
      }),
    },
    {
      name: 'test-passed',
      view: testRunViewOf(
        texts,
        box(),
        [passed, { ...passed, protocol: 'smtp', stages: found }, skipped],
        {
          releasedMessages: 12,
        },
      ),
    },
    {
      name: 'test-failed',
      view: testRunViewOf(texts, box(), [failed('authenticate'), failed('tls'), skipped], {
        articles: { incoming: explained, outgoing: explained },
      }),
    },
    {
      name: 'test-partly-failed',
      view: testRunViewOf(texts, box(), [passed, failed('authenticate'), skipped], {
        articles: { outgoing: explained },
      }),
    },
    {
      name: 'test-without-stages',
      view: testRunViewOf(texts, online, [
        { ...passed, protocol: null, stages: [] },
        { outcome: 'failed', protocol: null, stages: [], failure: null },
        passed,
      ]),
    },
    {
      name: 'test-interrupted',
      view: testRunViewOf(texts, box(), [
        passed,
        { ...passed, outcome: 'interrupted', by: 'restart' },
        { outcome: 'interrupted', by: 'fault', protocol: null, stages: [] },
      ]),
    },
    {
      name: 'test-not-finished',
      view: testRunViewOf(texts, online, [unfinished, unfinished, unfinished]),
    },
    {
      name: 'test-other-organization',
      view: testRunViewOf(
        texts,
        box({ serverType: 'exchange-online', allowed: { markPrimary: true } }),
        [ofOther, ofOther, ofOther],
        { articles: { incoming: explained } },
      ),
    },
    {
      name: 'test-nothing',
      view: testRunViewOf(texts, box(), [
        { outcome: 'skipped', because: 'approval-missing' },
        { outcome: 'skipped', because: 'profile-missing' },
        { outcome: 'skipped', because: 'mailbox-inactive' },
      ]),
    },
  ].map(({ name, view }) => ({ name, card: cards.testRunCard(view, t) }));
}

/** Taking an Exchange mailbox over from another organization. */
export function primaryScenes(texts: OutsideTexts, t: Translator, box: Box): Scene[] {
  const mailbox = box({
    serverType: 'exchange-online',
    directions: ['disabled', 'disabled', 'disabled'],
    health: 'disabled',
    pendingSend: 3,
    allowed: { markPrimary: true },
  });
  const named = { mailbox, organizationName: texts.profile, otherName: texts.mailbox };
  return [
    { name: 'primary-ask', card: cards.markPrimaryCard(named, t) },
    {
      name: 'primary-ask-unnamed',
      card: cards.markPrimaryCard({ mailbox, organizationName: null, otherName: null }, t),
    },
  ];
}

export function approvalScenes(texts: OutsideTexts, t: Translator, box: Box): Scene[] {
  const online = box({ serverType: 'exchange-online', replica: true, approval: 'pending' });
  const states = ['pending', 'approved', 'applied', 'rejected'] as const;
  const request = (state: (typeof states)[number], mayDecide: boolean) =>
    cards.approvalRequestCard(requestViewOf(texts, online, state, mayDecide), t);
  const waiting = Array.from({ length: 5 }, () => requestViewOf(texts, online, 'pending', true));
  const denied = { mailboxName: texts.mailbox, mailboxId: 'mailbox-1', mailboxVersion: 7 };
  return [
    ...states.map((state) => ({ name: `request-${state}`, card: request(state, true) })),
    { name: 'request-waiting', card: request('pending', false) },
    { name: 'approvals', card: cards.approvalListCard({ requests: waiting, more: 7 }, t) },
    { name: 'approvals-none', card: cards.approvalListCard({ requests: [], more: 0 }, t) },
    ...(
      [
        'needs-office-administrator',
        'needs-system-administrator',
        'needs-approve-privilege',
        'needs-administrator-or-owner',
        'not-visible',
      ] as const
    ).map((reason) => ({
      name: `denied-${reason}`,
      card: cards.deniedCard(
        {
          ...denied,
          reason,
          whoMay: reason === 'not-visible' ? [] : [texts.person, 'Lars Lind'],
          canRequest: reason !== 'not-visible',
        },
        t,
      ),
    })),
    {
      name: 'request-sent',
      card: cards.requestSentCard(
        { mailboxName: texts.mailbox, askedNames: [texts.person], alreadyAsked: false },
        t,
      ),
    },
    {
      name: 'request-sent-already',
      card: cards.requestSentCard(
        { mailboxName: texts.mailbox, askedNames: [texts.person], alreadyAsked: true },
        t,
      ),
    },
    {
      name: 'request-sent-nobody',
      card: cards.requestSentCard(
        { mailboxName: texts.mailbox, askedNames: [], alreadyAsked: false },
        t,
      ),
    },
  ];
}

export function incidentScenes(
  article: Article,
  texts: OutsideTexts,
  t: Translator,
  box: Box,
  disabled: MailboxChange,
): Scene[] {
  const states = ['confirming', 'retrying', 'disabled', 'answers-again', 'closed'] as const;
  const mailbox = {
    confirming: box({ directions: ['confirming', 'working', 'notByServer'], health: 'retrying' }),
    retrying: box({
      directions: ['working', 'retrying', 'notByServer'],
      health: 'retrying',
      pendingSend: 2,
    }),
    disabled: box(disabled),
    'answers-again': box({
      directions: ['answersAgain', 'answersAgain', 'notByServer'],
      health: 'disabled',
      pendingSend: 12,
    }),
    closed: box(),
  };
  return [
    ...states.flatMap((state) =>
      (['must-act', 'informed'] as const).map((audience) => ({
        name: `incident-${state}-${audience}`,
        card: cards.incidentCard(
          incidentViewOf(texts, article, state, audience, [mailbox[state]]),
          t,
        ),
      })),
    ),
    {
      name: 'incident-profile',
      card: cards.incidentCard(
        incidentViewOf(
          texts,
          article,
          'disabled',
          'must-act',
          Array.from({ length: 5 }, () => mailbox.disabled),
          214,
        ),
        t,
      ),
    },
  ];
}

export function outboxScenes(texts: OutsideTexts, t: Translator, box: Box): Scene[] {
  const stopped = box({
    directions: ['working', 'disabled', 'notByServer'],
    health: 'disabled',
    pendingSend: 12,
  });
  const retrying = box({
    directions: ['working', 'retrying', 'notByServer'],
    health: 'retrying',
    pendingSend: 2,
  });
  return [
    { name: 'outbox-empty', view: outboxViewOf(texts, box(), []) },
    {
      name: 'outbox-one-reason',
      view: outboxViewOf(
        texts,
        stopped,
        ['outgoing-disabled', 'outgoing-disabled', 'outgoing-disabled'],
        9,
      ),
    },
    {
      name: 'outbox-of-a-day',
      view: outboxViewOf(texts, stopped, ['held', 'outgoing-disabled'], 3, {
        day: '2026-11-21',
        skipped: 10,
      }),
    },
    {
      name: 'outbox-retrying',
      view: outboxViewOf(texts, retrying, ['retrying', 'held']),
    },
    {
      name: 'outbox-next-cycle',
      view: outboxViewOf(texts, box({ pendingSend: 1 }), ['next-cycle']),
    },
    {
      name: 'outbox-all-reasons',
      view: outboxViewOf(texts, stopped, [
        'held',
        'mailbox-inactive',
        'not-synchronized-by-server',
        'address-not-approved',
        'outgoing-not-enabled',
        'outgoing-disabled',
        'retrying',
        'next-cycle',
      ]),
    },
  ].map(({ name, view }) => ({ name, card: cards.outboxCard(view, t) }));
}
