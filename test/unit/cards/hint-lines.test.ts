import { describe, expect, it } from 'vitest';
import { hintLines } from '../../../cards/parts/hint-lines.ts';
import { evidenceLines } from '../../../cards/parts/stage-list.ts';
import { HINTS } from '../../../services/domain/failure.ts';
import { textsOf } from '../../support/bot-world.ts';
import { cardWorld } from '../../support/card-world.ts';

const { translators } = await cardWorld();

describe('a hint', () => {
  it.each(HINTS)('%s says what to do, in each language in its own words', (hint) => {
    const evidence = [{ label: 'hint', value: hint }] as const;
    const english = textsOf(hintLines(evidence, translators.en));
    const swedish = textsOf(hintLines(evidence, translators.sv));
    for (const words of [english, swedish]) {
      expect(words).not.toContain(hint);
      expect(words.length).toBeGreaterThan(80);
    }
    expect(english).not.toBe(swedish);
    expect(evidenceLines(evidence, translators.en, 5)).toEqual([]);
  });

  it('that this version does not know is left out', () => {
    expect(hintLines([{ label: 'hint', value: 'from-the-future' }], translators.en)).toEqual([]);
  });
});
