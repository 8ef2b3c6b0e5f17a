import { describe, expect, it } from 'vitest';
import { scan } from '../../../../services/knowledge/text/scan.ts';

describe('words in JSON', () => {
  it.each([
    ['{"text":"one.\\ntwo\\tthree"}', ['text', 'one', 'two', 'three']],
    ['{"text":"say \\"one\\" twice"}', ['text', 'say', 'one', 'twice']],
    ['"{\\"a\\":\\"one\\\\r\\\\ntwo\\"}"', ['a', 'one', 'two']],
    ['{"text":"l\\u00e5da"}', ['text', 'lada']],
  ])('are read as what is quoted: %s', (text, words) => {
    expect(scan(text).words).toEqual(words);
  });

  it('are read once, however many backslashes stand in a row', () => {
    const many = '\\'.repeat(100_000);
    expect(scan(`{"a":"${many} end"}`).words).toEqual(['a', 'end']);
  });

  it('are not broken at a path outside JSON', () => {
    expect(scan('contoso\\nina').words).toEqual(['contoso', 'nina']);
  });
});

describe('words in a web address', () => {
  it('are separated by what stands for other signs', () => {
    expect(scan('?code=%2D2147098080%20x').words).toEqual(['code', '2147098080', 'x']);
  });
});

describe('words of languages without spaces', () => {
  it('are their characters, beside words of other letters', () => {
    expect(scan('邮箱 Anna。確認').words).toEqual(['邮', '箱', 'anna', '確', '認']);
  });
});
