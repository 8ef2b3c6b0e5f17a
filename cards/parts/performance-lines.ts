import type { PerformanceSummary } from '../../services/domain/performance.ts';
import type { TurnFigures } from '../../services/domain/turn-figures.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { CardElement } from '../card.ts';
import { container, joined, say, text } from '../elements.ts';
import { type CardText, markdown, plain } from '../text.ts';

/** How long the last turn of a mailbox took, and what its last turns did. */
export function turnsText({ last, sums, ...figures }: TurnFigures, t: Translator): CardText {
  const lastMs = Date.parse(last.completedAt) - Date.parse(last.startedAt);
  return joined([
    plain(t.dateTime(last.completedAt)),
    say(t, 'card.turns.took', {
      last: seconds(lastMs, t),
      average: seconds(figures.averageProcessingMs, t),
    }),
    say(t, 'card.turns.queue', { queue: seconds(figures.averageQueueMs, t) }),
    say(t, 'card.turns.items', { items: sums.itemsProcessed, turns: sums.turns }),
    sums.itemsFailed === 0 ? null : say(t, 'card.turns.failed', { items: sums.itemsFailed }),
  ]);
}

/** Tenths: most turns take less than a second. */
function seconds(ms: number, t: Translator): string {
  return t.number(Math.round(ms / 100) / 10);
}

/** The summary of Dynamics 365's own dashboard, in its order and its words. */
export function performanceLines(
  { configured, healthy, continuousErrors, warnings, systemDisabled }: PerformanceSummary,
  t: Translator,
): CardElement {
  const { total, intermittent, notProcessing, testing } = warnings;
  const lines: readonly CardText[] = [
    say(t, 'card.performance.configured', { count: configured }),
    led('✅', say(t, 'card.performance.healthy', { count: healthy })),
    led('⛔', say(t, 'card.performance.continuous-errors', { count: continuousErrors })),
    led('⚠️', say(t, 'card.performance.warnings', { count: total })),
    led('↳', say(t, 'card.performance.intermittent', { count: intermittent })),
    led('↳', say(t, 'card.performance.not-processing', { count: notProcessing })),
    led(
      '↳',
      joined(
        [
          say(t, 'card.performance.testing', { count: testing.total }),
          testing.takingLong === 0
            ? null
            : say(t, 'card.performance.taking-long', { count: testing.takingLong }),
        ],
        ' ',
      ),
    ),
    say(t, 'card.performance.system-disabled', { count: systemDisabled }),
  ];
  return container(
    lines.map((line, index) => text(line, { spacing: index === 0 ? 'none' : 'small' })),
    { style: 'emphasis', spacing: 'medium' },
  );
}

function led(icon: string, words: CardText): CardText {
  return joined([markdown(icon), words], ' ');
}
