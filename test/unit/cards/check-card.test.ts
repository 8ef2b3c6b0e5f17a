import { describe, expect, it } from 'vitest';
import { checkCard } from '../../../cards/validation/check-card.ts';
import { ORDINARY } from '../../support/card-fixtures.ts';
import { scenesOf } from '../../support/card-scenes.ts';
import { cardWorld } from '../../support/card-world.ts';

const { articles, translators } = await cardWorld();
const scenes = new Map(
  scenesOf(articles, ORDINARY, translators.en).map(({ name, card }) => [name, card]),
);

type Loose = Record<string, unknown> & { body: Record<string, unknown>[] };
const copyOf = (name: string): Loose => structuredClone(scenes.get(name)) as unknown as Loose;
const whats = (card: object): string =>
  checkCard(card)
    .map(({ path, what }) => `${path}: ${what}`)
    .join('\n');

function firstOf(value: unknown, type: string): Record<string, unknown> {
  const found = find(value, type);
  if (found === undefined) throw new TypeError(`no ${type} on the card`);
  return found;
}

function find(value: unknown, type: string): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ((value as { type?: unknown }).type === type) return value as Record<string, unknown>;
  for (const inner of Object.values(value)) {
    const found = find(inner, type);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Each takes a good card and spoils one thing; the checker must see it. */
const SPOILED: readonly (readonly [string, string, (card: Loose) => void, RegExp])[] = [
  ['a misspelt property', 'help', (card) => (card.body[0]!['wrapp'] = true), /wrapp/u],
  [
    'an unknown element',
    'help',
    (card) => card.body.push({ type: 'Blink', text: 'x' }),
    /Unknown element type "Blink"/u,
  ],
  [
    'an element that Teams knows and we do not',
    'help',
    (card) =>
      card.body.push({
        type: 'Badge',
        text: 'x',
        fallback: { type: 'TextBlock', text: 'x', wrap: true },
      }),
    /Unknown element type "Badge"/u,
  ],
  ['a colour that there is not', 'help', (card) => (card.body[0]!['color'] = 'pink'), /pink/u],
  ['another version', 'help', (card) => (card['version'] = '1.6'), /must be 1\.5/u],
  ['no language', 'help', (card) => Reflect.deleteProperty(card, 'lang'), /lang: is missing/u],
  ['no speak', 'help', (card) => (card['speak'] = ' '), /speak: is missing/u],
  [
    'no fallbackText',
    'help',
    (card) => Reflect.deleteProperty(card, 'fallbackText'),
    /fallbackText: is missing/u,
  ],
  ['actions outside an ActionSet', 'help', (card) => (card['actions'] = []), /ActionSet/u],
  [
    'a text that does not wrap',
    'help',
    (card) => (firstOf(card, 'TextBlock')['wrap'] = false),
    /does not wrap/u,
  ],
  ['an empty text', 'help', (card) => (firstOf(card, 'TextBlock')['text'] = ''), /is empty/u],
  [
    'an unfilled template',
    'help',
    (card) => (firstOf(card, 'TextBlock')['text'] = 'Hello ${name}'),
    /contains \$\{/u,
  ],
  [
    'a forgotten value',
    'help',
    (card) => (firstOf(card, 'TextBlock')['text'] = 'Hello undefined'),
    /contains undefined/u,
  ],
  [
    'an unknown verb',
    'outdated',
    (card) => (firstOf(card, 'Action.Execute')['verb'] = 'show-everything'),
    /unknown verb/u,
  ],
  [
    'a payload that does not fit',
    'outdated',
    (card) => (firstOf(card, 'Action.Execute')['data'] = { v: 1 }),
    /does not fit/u,
  ],
  [
    'a button without a fallback',
    'outdated',
    (card) => Reflect.deleteProperty(firstOf(card, 'Action.Execute'), 'fallback'),
    /Action\.Submit is missing/u,
  ],
  [
    'a fallback that does something else',
    'outdated',
    (card) =>
      ((firstOf(card, 'Action.Execute')['fallback'] as Record<string, unknown>)['data'] = {
        mailboxMedic: { verb: 'help', data: { v: 1 } },
      }),
    /carries another action/u,
  ],
  [
    'a misspelt property on a fallback',
    'outdated',
    (card) =>
      ((firstOf(card, 'Action.Execute')['fallback'] as Record<string, unknown>)['tittle'] = 'x'),
    /with fallbacks: .*tittle/u,
  ],
  [
    'a bare Action.Submit',
    'outdated',
    (card) => (firstOf(card, 'ActionSet')['actions'] = [{ type: 'Action.Submit', title: 'x' }]),
    /only as a fallback/u,
  ],
  [
    'seven buttons',
    'outdated',
    (card) =>
      (firstOf(card, 'ActionSet')['actions'] = Array.from({ length: 7 }, () =>
        firstOf(copyOf('outdated'), 'Action.Execute'),
      )),
    /7 buttons/u,
  ],
  [
    'five primary buttons',
    'outdated',
    (card) =>
      (firstOf(card, 'ActionSet')['actions'] = Array.from({ length: 5 }, () =>
        firstOf(copyOf('outdated'), 'Action.Execute'),
      )),
    /5 primary/u,
  ],
  [
    'a link that is not https',
    'outdated',
    (card) =>
      (firstOf(card, 'ActionSet')['actions'] = [
        { type: 'Action.OpenUrl', title: 'x', url: 'http://contoso.example' },
      ]),
    /not https/u,
  ],
  [
    'a toggle of nothing',
    'test-passed',
    (card) => (firstOf(card, 'Action.ToggleVisibility')['targetElements'] = ['nowhere']),
    /no element has the id nowhere/u,
  ],
  [
    'two elements with one id',
    'test-passed',
    (card) =>
      card.body.push({ type: 'TextBlock', text: 'x', wrap: true, id: 'evidence-incoming-show' }),
    /Duplicate ID/iu,
  ],
  [
    'a code block without a fallback',
    'alert-insecure-credentials',
    (card) => Reflect.deleteProperty(firstOf(card, 'CodeBlock'), 'fallback'),
    /fallback/u,
  ],
  [
    'a code block in a language that there is not',
    'alert-insecure-credentials',
    (card) => (firstOf(card, 'CodeBlock')['language'] = 'Klingon'),
    /language/u,
  ],
  [
    'a stranger on a code block',
    'alert-insecure-credentials',
    (card) => (firstOf(card, 'CodeBlock')['startLine'] = 1),
    /startLine/u,
  ],
  [
    'an input without a label',
    'denied-needs-office-administrator',
    (card) => Reflect.deleteProperty(firstOf(card, 'Input.Text'), 'label'),
    /has no label/u,
  ],
  [
    'a picture without words',
    'help',
    (card) => card.body.push({ type: 'Image', url: 'https://contoso.example/x.png' }),
    /altText/u,
  ],
  [
    'three columns',
    'welcome',
    (card) =>
      (firstOf(card, 'ColumnSet')['columns'] as unknown[]).push({ type: 'Column', items: [] }),
    /two columns/u,
  ],
  ['29 KB', 'help', (card) => (firstOf(card, 'TextBlock')['text'] = 'x'.repeat(29_000)), /28 KB/u],
];

describe('checkCard', () => {
  it.each(SPOILED)('sees %s', (_, scene, spoil, expected) => {
    const card = copyOf(scene);
    expect(whats(card)).toBe('');
    spoil(card);
    expect(whats(card)).toMatch(expected);
  });

  it('judges each card by itself: the second is as good as the first', () => {
    const card = copyOf('help');
    expect([checkCard(card), checkCard(card), checkCard(card)]).toEqual([[], [], []]);
  });
});
