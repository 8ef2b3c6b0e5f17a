import { describe, expect, it } from 'vitest';
import { articleFormCard } from '../../../cards/index.ts';
import { cardWorld } from '../../support/card-world.ts';

const { translators } = await cardWorld();
const formOf = (value: string): string =>
  JSON.stringify(
    articleFormCard(
      { topic: 'x', title: 'X', part: 'source', fields: [{ name: 'source', value }] },
      translators.en,
    ),
  );

describe('the form of a draft', () => {
  it('holds the whole text, to be changed', () => {
    const source = `id: x\n${'words '.repeat(2_000)}end`;
    expect(formOf(source)).toContain('words end');
    expect(formOf(source)).toContain('save-part');
  });

  it.each([
    ['a card', 'å'.repeat(14_000)],
    ['an input', 'x'.repeat(24_500)],
  ])('offers no text that outgrows %s: saving it would lose the rest', (_, source) => {
    expect(formOf(source)).not.toContain('save-part');
    expect(formOf(source)).toContain('data/knowledge');
  });
});
