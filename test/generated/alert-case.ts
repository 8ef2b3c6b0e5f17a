import { type Made, NOTHING_SAID } from './generated-case.ts';
import { type Passage, type SlotTruth, textOf } from './passage.ts';
import type { Wording } from './renderings.ts';

/** A text that holds one alert of the wording's article. */
export function alertCase(wording: Wording, passage: Passage, truth: SlotTruth): Made {
  return {
    ...NOTHING_SAID,
    kind: 'paste',
    lang: wording.lang,
    text: textOf(passage),
    labels: [wording.topic],
    slots: { [wording.topic]: truth.slots },
    slotsIgnore: truth.undecided,
    direction: wording.spoken,
  };
}
