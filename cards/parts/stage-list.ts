import { type Evidence, STAGES } from '../../services/domain/failure.ts';
import type { Direction } from '../../services/domain/mailbox.ts';
import type { StageResult } from '../../services/domain/test-run.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { CardElement } from '../card.ts';
import { bold, disclosure, facts, joined, say, small, text } from '../elements.ts';
import type { Detail } from '../fit.ts';
import { markdown, plain } from '../text.ts';

const ICONS = { passed: '✅', failed: '❌', skipped: '➖' } as const;
const LONGEST_EVIDENCE = 300;

/**
 * The session's stages in order: what failed with its evidence in sight, the evidence of what passed
 * behind a toggle, what was never reached in one line.
 */
export function stageList(
  stages: readonly StageResult[],
  direction: Direction,
  t: Translator,
  detail: Detail,
): readonly (CardElement | null)[] {
  const ended = stages.some((stage) => stage.outcome === 'failed');
  const seen = new Set(stages.map(({ stage }) => stage));
  const missed = STAGES.filter((stage) => !seen.has(stage)).map((stage) =>
    t(`card.stage.${stage}`),
  );
  const passedWithEvidence = stages.filter(
    ({ outcome, evidence }) => outcome === 'passed' && evidence.length > 0,
  );
  return [
    ...stages.flatMap((stage) => [
      stageLine(stage, t),
      stage.outcome === 'failed' ? evidenceFacts(stage.evidence, t, detail.evidence) : null,
    ]),
    ended && missed.length > 0
      ? small(say(t, 'card.stage.not-reached', { stages: t.list(missed) }))
      : null,
    ...(passedWithEvidence.length === 0
      ? []
      : disclosure(
          `evidence-${direction}`,
          { show: t('card.evidence.show'), hide: t('card.evidence.hide') },
          passedWithEvidence.flatMap((stage) => [
            text(bold(say(t, `card.stage.${stage.stage}`)), { size: 'small', spacing: 'small' }),
            evidenceFacts(stage.evidence, t, Math.min(detail.evidence, 5)),
          ]),
        )),
  ];
}

function stageLine(result: StageResult, t: Translator): CardElement {
  const name = say(t, `card.stage.${result.stage}`);
  const words = joined([
    result.outcome === 'failed' ? bold(name) : name,
    say(t, `card.stage.${result.outcome}`),
    result.outcome === 'skipped' ? null : markdown(t('card.ms', { ms: Math.round(result.tookMs) })),
  ]);
  return text(markdown(`${ICONS[result.outcome]} ${words}`), { spacing: 'none' });
}

/** Facts that a support engineer wants, as the server or the library said them. */
export function evidenceFacts(
  evidence: readonly Evidence[],
  t: Translator,
  most: number,
): CardElement | null {
  const shown = evidence.slice(0, most);
  const left = evidence.length - shown.length;
  return facts(
    [
      ...shown.map(
        ({ label, value }) =>
          [say(t, `card.evidence.${label}`), plain(value, LONGEST_EVIDENCE)] as const,
      ),
      left > 0 ? ([markdown('…'), say(t, 'card.more', { count: left })] as const) : null,
    ],
    { spacing: 'small' },
  );
}
