import { describe, expect, it } from 'vitest';
import { repairMojibake } from '../../../../services/knowledge/text/mojibake.ts';
import { scan } from '../../../../services/knowledge/text/scan.ts';

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('text that was read in the wrong encoding', () => {
  it.each([
    ['Windows-1252', 'PostlÃ¥dan Ã¤r Ã¶ppen â€“ nu'],
    ['Latin-1', latin1('Postlådan är öppen – nu')],
    ['a console', 'Postl├Ñdan ├ñr ├╢ppen ΓÇô nu'],
    ['Windows-1252, twice', 'PostlÃƒÂ¥dan ÃƒÂ¤r ÃƒÂ¶ppen Ã¢â‚¬â€œ nu'],
    ['Latin-1, twice', latin1(latin1('Postlådan är öppen – nu'))],
  ])('is what it was before %s', (_, text) => {
    expect(repairMojibake(text)).toBe('Postlådan är öppen – nu');
    expect(scan(text).words).toEqual(['postladan', 'ar', 'oppen', 'nu']);
  });

  it.each(['Ångström och Ä', 'â la carte', '├── alerts ─┬─', 'Γ and Σ'])(
    'leaves %s as it is',
    (text) => {
      expect(repairMojibake(text)).toBe(text);
    },
  );
});
