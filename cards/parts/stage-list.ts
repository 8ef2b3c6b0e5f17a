import { type Evidence, STAGES } from '../../services/domain/failure.ts';
import type { Direction } from '../../services/domain/mailbox.ts';
import type { StageResult } from '../../services/domain/test-run.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { CardElement } from '../card.ts';
import { bold, container, disclosure, joined, say, small, text } from '../elements.ts';
import { type Detail, listed } from '../fit.ts';
import { markdown, plain } from '../text.ts';
import { hintLines } from './hint-lines.ts';
import { readableEvidence } from './readable-evidence.ts';

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
      ...(stage.outcome === 'failed'
        ? [
            container(
              [
                ...evidenceLines(stage.evidence, t, detail.evidence),
                ...hintLines(stage.evidence, t),
              ],
              { spacing: 'none' },
            ),
          ]
        : // A stage that passed may still have something to say: that the message was not seen yet.
          [...arrivalLines(stage.evidence, t), ...hintLines(stage.evidence, t)]),
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
            ...evidenceLines(stage.evidence, t, Math.min(detail.evidence, 5)),
          ]),
        )),
  ];
}

/** Sending was accepted, and what was sent has come: said outright. */
function arrivalLines(evidence: readonly Evidence[], t: Translator): readonly CardElement[] {
  const afterMs = Number(
    evidence.find(({ label }) => label === 'found-after')?.value ?? Number.NaN,
  );
  if (Number.isNaN(afterMs)) return [];
  const seconds = Math.round(afterMs / 1_000);
  return [text(say(t, 'card.test.found', { seconds }), { size: 'small', spacing: 'small' })];
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

/**
 * What a support engineer wants, as the server or the library said it; hints are hintLines’. Lines, no FactSet: a long
 * reply in the narrow right column of one is cut off on a telephone.
 */
export function evidenceLines(
  evidence: readonly Evidence[],
  t: Translator,
  most: number,
): readonly CardElement[] {
  const facts = evidence.flatMap(({ label, value }) =>
    label === 'hint' || label === 'found-after' ? [] : [{ label, value }],
  );
  return listed(t, facts, most, ({ label, value }) => {
    const shown = bold(plain(readableEvidence(label, value, t), LONGEST_EVIDENCE));
    return text(joined([say(t, `card.evidence.${label}`), shown], ': '), {
      size: 'small',
      spacing: 'none',
    });
  });
}
