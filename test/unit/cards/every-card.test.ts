import { describe, expect, it } from 'vitest';
import { CARD_BUDGET_BYTES, sizeOf } from '../../../cards/fit.ts';
import { cardSummary } from '../../../cards/index.ts';
import { checkCard } from '../../../cards/validation/check-card.ts';
import { hostile, ORDINARY, type OutsideTexts } from '../../support/card-fixtures.ts';
import { scenesOf } from '../../support/card-scenes.ts';
import { cardWorld } from '../../support/card-world.ts';

const { articles, translators } = await cardWorld();
const LANGUAGES = ['sv', 'en', 'pseudo'] as const;

const TEXTS: Readonly<Record<string, OutsideTexts>> = {
  ordinary: ORDINARY,
  'a Markdown link': hostile('[click here](https://evil.example)'),
  'a mention': hostile('<at>Everybody</at>'),
  'direction overrides': hostile('\u202ejpg.exe\u2066\u200f Anna \u061c'),
  'a template': hostile('${x} {{DATE(2026-11-23T00:00:00Z)}} {mailbox}'),
  'Markdown of all kinds': hostile('**bold** _it_ `code` ~~no~~ # h | - x > q ![i](u) 1. y \\'),
  '10 000 characters': hostile('Å'.repeat(10_000)),
  '10 000 emoji': hostile('😀'.repeat(10_000)),
  'line breaks': hostile('a\r\n\r\n- b\n1. c\u2028d\u0000e'),
  nothing: hostile(' '),
};

describe.each(LANGUAGES)('every card in %s', (language) => {
  const t = translators[language];
  for (const [name, texts] of Object.entries(TEXTS)) {
    // A nameless mailbox cannot be: only the checker's own rule about empty texts would speak.
    if (name === 'nothing') continue;
    it(`has no problem with ${name}`, () => {
      const problems = scenesOf(articles, texts, t).flatMap(({ name: scene, card }) =>
        checkCard(card).map(({ path, what }) => `${scene}: ${path}: ${what}`),
      );
      expect(problems).toEqual([]);
    });
  }

  it('stays within the budget and says what it is in one line', () => {
    for (const [name, texts] of Object.entries(TEXTS)) {
      for (const scene of scenesOf(articles, texts, t)) {
        expect(sizeOf(scene.card), `${scene.name} with ${name}`).toBeLessThanOrEqual(
          CARD_BUDGET_BYTES,
        );
        expect(cardSummary(scene.card)).not.toMatch(/[\n\r]/u);
        expect(cardSummary(scene.card).length).toBeLessThanOrEqual(400);
      }
    }
  });
});

describe('hostile names on every card', () => {
  const wordsOf = (texts: OutsideTexts): string[] =>
    scenesOf(articles, texts, translators.en).flatMap(({ card }) => textsOf(card));

  it.each([
    ['a link', '[click here](https://evil.example)', /(?<!\\)\[click here/u],
    ['a mention', '<at>Everybody</at>', /(?<!\\)<at>/u],
    ['bold words', '**Approved by Microsoft**', /\*\*Approved by Microsoft\*\*/u],
    ['code', '`rm`', /(?<!\\)`rm/u],
    ['a date function', '{{DATE(2026-11-23T00:00:00Z)}}', /(?<!\\)\{(?<!\\)\{DATE/u],
  ])('%s stays words', (_, text, live) => {
    const words = wordsOf(hostile(text));
    expect(words.filter((found) => live.test(found))).toEqual([]);
    // The name is on the cards at all, with its escapes.
    expect(words.some((found) => found.includes('\\'))).toBe(true);
  });

  it('direction overrides and invisible characters are gone from everything that is read', () => {
    for (const { card } of scenesOf(articles, hostile('a\u202eb\u2066c\u200bd'), translators.sv)) {
      const { body, speak, fallbackText } = card;
      const read = JSON.stringify([body, speak, fallbackText], (key, value: unknown) =>
        key === 'data' ? undefined : value,
      );
      expect(read).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/u);
    }
  });
});

/** Every text that is read as Markdown. */
function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = value as Record<string, unknown>;
  const here =
    own['type'] === 'TextBlock' || (own['type'] === undefined && 'title' in own && 'value' in own)
      ? [own['text'], own['title'], own['value']].filter((text) => typeof text === 'string')
      : [];
  return [...here, ...Object.values(value).flatMap(textsOf)];
}

describe('the pseudo-locale', () => {
  it('finds no words of ours outside the catalogue', () => {
    const foreign = new Set<string>();
    const small = scenesOf(articles, hostile('ÖÖÖ'), translators.pseudo).filter(({ name }) =>
      /^(welcome|help|language|outdated|denied|request|attachment|no-match)/u.test(name),
    );
    for (const { name, card } of small) {
      for (const [, words] of JSON.stringify(card.body).matchAll(
        /"(?:text|title|label)":"([^"]*)"/gu,
      )) {
        if (words !== undefined && !words.includes('⟦') && /[a-z]{3}/iu.test(words)) {
          foreign.add(`${name}: ${words}`);
        }
      }
    }
    // Article titles are data in two languages, and protocol and product names are names.
    const allowed = new Set([...articles.values()].map((article) => article.title.en));
    expect(
      [...foreign].filter((found) => !allowed.has(found.slice(found.indexOf(': ') + 2))),
    ).toEqual([]);
  });
});
