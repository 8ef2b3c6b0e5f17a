import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { fieldsOf, withFields } from '../../../services/editing/draft-parts.ts';

const SOURCE = `id: some-article
title: { sv: Rubrik, en: Title }
codes:
  - text: "8005E220"
    number: "8005E220"
steps:
  - text: { sv: Ett, en: One }
    who: user
    when: disabled
  - text: { sv: Två, en: Two }
    who: developer
questions:
  sv: [Fråga ett?, Fråga två?]
  en: [Question one?]
`;

describe('a part of a draft', () => {
  it.each(['texts', 'steps', 'questions', 'source'] as const)(
    'that is saved as it was shown (%s) changes nothing',
    (part) => {
      const saved = withFields(SOURCE, part, fieldsOf(SOURCE, part));
      const { meaning, cause, ...rest } = parse(saved) as Record<string, unknown>;
      expect(rest).toEqual(parse(SOURCE));
      expect([meaning, cause].filter(Boolean).length).toBe(part === 'texts' ? 2 : 0);
    },
  );

  it('keeps what a step says beside its text, and who does it', () => {
    const saved: unknown = parse(
      withFields(SOURCE, 'steps', { 'step.0.sv': 'Nytt', 'step.0.en': 'New' }),
    );
    expect(saved).toMatchObject({
      steps: [
        { text: { sv: 'Nytt', en: 'New' }, who: 'user', when: 'disabled' },
        { who: 'developer' },
      ],
    });
  });

  it('removes a step that was emptied and adds one that was typed below', () => {
    const saved = parse(
      withFields(SOURCE, 'steps', {
        'step.0.sv': ' ',
        'step.0.en': '',
        'step.2.sv': 'Tre',
        'step.2.en': 'Three',
      }),
    ) as { steps: { text: unknown }[] };
    expect(saved.steps.map(({ text }) => text)).toEqual([
      { sv: 'Två', en: 'Two' },
      { sv: 'Tre', en: 'Three' },
    ]);
  });

  it('takes one question a line, and leaves empty lines out', () => {
    const saved: unknown = parse(
      withFields(SOURCE, 'questions', { 'questions.en': 'A?\n\n  B?  \r\nC: D?' }),
    );
    expect(saved).toMatchObject({
      questions: { sv: ['Fråga ett?', 'Fråga två?'], en: ['A?', 'B?', 'C: D?'] },
    });
  });

  it('keeps a code that looks like a number a text', () => {
    const saved = withFields(SOURCE, 'texts', { 'title.sv': 'Ny' });
    expect(parse(saved)).toMatchObject({ codes: [{ number: '8005E220' }] });
  });

  it('of a source that is no YAML can only be the source', () => {
    expect(fieldsOf('a: [', 'texts')).toEqual({});
    expect(withFields('a: [', 'texts', { 'title.sv': 'x' })).toBe('a: [');
    expect(withFields('a: [', 'source', { source: 'a: 1' })).toBe('a: 1');
  });

  it.each([
    ['names an anchor that never was', 'title: *nowhere'],
    ['opens thousands of brackets', `a: ${'['.repeat(20_000)}`],
    ['opens thousands of braces', `a: ${'{a: '.repeat(5_000)}`],
    ['opens thousands of lists on one line', '- '.repeat(10_000)],
    ['opens thousands of keys on one line', '? '.repeat(10_000)],
    [
      'indents further and further',
      Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}-`).join('\n'),
    ],
  ])('of a source that %s is empty, and the source can still be corrected', (_, source) => {
    expect(fieldsOf(source, 'texts')).toEqual({});
    expect(withFields(source, 'texts', { 'title.sv': 'x' })).toBe(source);
    expect(fieldsOf(source, 'source')).toEqual({ source });
  });

  it('keeps the steps for which the form has no room', () => {
    const many = stringify({
      steps: Array.from({ length: 11 }, (_, at) => ({
        text: { sv: `S${at}`, en: `E${at}` },
        who: 'user',
      })),
    });
    const saved = parse(withFields(many, 'steps', { 'step.0.sv': 'Ny' })) as { steps: unknown[] };
    expect(saved.steps).toHaveLength(11);
  });
});
