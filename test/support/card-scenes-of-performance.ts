import * as cards from '../../cards/index.ts';
import { idOf } from '../../services/domain/ids.ts';
import type { PerformanceSummary } from '../../services/domain/performance.ts';
import type { TurnFigures } from '../../services/domain/turn-figures.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { at } from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';

const NONE: PerformanceSummary = {
  configured: 0,
  healthy: 0,
  continuousErrors: 0,
  warnings: { total: 0, intermittent: 0, notProcessing: 0, testing: { total: 0, takingLong: 0 } },
  systemDisabled: 0,
  byServerType: {
    'exchange-online': 0,
    'exchange-server': 0,
    'pop3-smtp': 0,
    'imap-smtp': 0,
    none: 0,
  },
};
const MANY: PerformanceSummary = {
  ...NONE,
  configured: 10_000,
  healthy: 9_000,
  continuousErrors: 10,
  warnings: {
    total: 990,
    intermittent: 900,
    notProcessing: 80,
    testing: { total: 10, takingLong: 1 },
  },
  systemDisabled: 79,
};

function figures(over: Partial<TurnFigures['sums']> = {}): TurnFigures {
  return {
    sums: {
      turns: 10,
      failed: 0,
      itemsProcessed: 3,
      itemsFailed: 0,
      processingMs: 4_200,
      longestProcessingMs: 900,
      queueMs: 120,
      longestQueueMs: 60,
      ...over,
    },
    averageProcessingMs: 420,
    averageQueueMs: 12,
    last: {
      mailboxId: idOf('6f1c1d4e-4a3b-ee11-be6d-000d3a4b5c6d'),
      profileId: idOf('profile-1'),
      direction: 'incoming',
      scheduledAt: at(-2),
      startedAt: at(-2),
      completedAt: at(-1),
      outcome: 'passed',
      itemsProcessed: 1,
      itemsFailed: 0,
      backlog: 0,
    },
  };
}

/** Numbers of one mailbox's turns, and of all mailboxes. */
export function performanceScenes(t: Translator, box: Box): Scene[] {
  const list = (performance: PerformanceSummary, mailboxes: readonly ReturnType<Box>[]) =>
    cards.mailboxListCard({ title: 'mine', searched: null, mailboxes, more: 0, performance }, t);
  return [
    { name: 'mailbox-turns', card: cards.mailboxCard({ ...box(), figures: figures() }, t) },
    {
      name: 'mailbox-turns-failed',
      card: cards.mailboxCard(
        { ...box(), figures: figures({ turns: 1, itemsProcessed: 0, itemsFailed: 2 }) },
        t,
      ),
    },
    { name: 'list-performance', card: list(MANY, [box()]) },
    { name: 'list-performance-none', card: list(NONE, []) },
  ];
}
