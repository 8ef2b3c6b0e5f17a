import { beforeAll, describe, expect, it } from 'vitest';
import type { Article, ArticleCode } from '../../../services/domain/article.ts';
import type { Diagnosis } from '../../../services/domain/diagnosis.ts';
import type { Knowledge } from '../../../services/knowledge/index.ts';
import alerts from '../../fixtures/error-codes/alerts.json' with { type: 'json' };
import family from '../../fixtures/error-codes/mailbox-family.json' with { type: 'json' };
import { realKnowledge } from '../../support/real-knowledge.ts';

// The fixtures are the tables of reference/domain.md: §2.10 whole, and what §2.1-§2.7 print. `Duplicate`
// bears its label, as the bare word is no code.

interface Listing {
  readonly article: Article;
  readonly code: ArticleCode;
}

let knowledge: Knowledge;
let listings: readonly Listing[];

beforeAll(async () => {
  knowledge = await realKnowledge();
  listings = knowledge
    .articles()
    .flatMap((article) => article.codes.map((code) => ({ article, code })));
});

function topicsOf(diagnosis: Diagnosis): readonly string[] {
  return diagnosis.outcome === 'match' ? diagnosis.matches.map(({ topic }) => topic) : [];
}

/** Letters and digits only: the products differ in full stops, colons and capitals. */
function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** By its number, whole, or by the part that says it: `Crm : Name`, `Name. Exchange.server returned ...` */
function spells({ code }: Listing, printed: string, number?: string): boolean {
  if (number !== undefined && code.number === number) return true;
  const parts = new Set([printed, ...printed.split(/ : |\. /)].map(bare));
  return [code.text, ...code.aliases].some((spelling) => parts.has(bare(spelling)));
}

describe('the 73 codes of the mailbox and email server profile family', () => {
  it('are all in the list that this test holds the articles to', () => {
    expect(new Set(family.map(({ number }) => number)).size).toBe(73);
    for (const { number, signed } of family) {
      expect(Number.parseInt(number, 16) - 2 ** 32).toBe(signed);
    }
  });

  it.each(family)('$number $name is listed once, with its message and its own meaning', (one) => {
    const listed = listings.filter((listing) => spells(listing, one.name, one.number));
    expect(listed.map(({ article }) => article.id)).toHaveLength(1);
    const code = listed[0]?.code;
    expect(code).toMatchObject({ text: one.name, number: one.number, message: one.message });
    for (const language of ['sv', 'en'] as const) {
      expect(code?.meaning?.[language].length).toBeGreaterThan(20);
      expect(code?.meaning?.[language]).not.toBe(one.message);
    }
  });

  it.each(family)('$number $name is recognised alone in every spelling', (one) => {
    const home = listings.find((listing) => spells(listing, one.name, one.number))?.article.id;
    const spellings = [one.number, `0x${one.number.toLowerCase()}`, String(one.signed), one.name];
    for (const spelling of spellings) {
      expect([spelling, topicsOf(knowledge.diagnoseNow(spelling))]).toEqual([spelling, [home]]);
    }
  });

  it.each(family)('$number $name is recognised by its message', (one) => {
    const home = listings.find((listing) => spells(listing, one.name, one.number))?.article.id;
    const pasted = one.message.replace('{*}', 'mail.contoso.example');
    expect(topicsOf(knowledge.diagnoseNow(pasted))).toEqual([home]);
  });
});

describe('the codes that alerts and failed items print', () => {
  it.each(alerts)('§$section $printed is listed by an article', ({ printed, number }) => {
    expect(listings.filter((listing) => spells(listing, printed, number))).not.toEqual([]);
  });

  it.each(alerts)('§$section $printed leads to an article that lists it', ({ printed, number }) => {
    const homes = listings
      .filter((listing) => spells(listing, printed, number))
      .map(({ article }) => article.id);
    const diagnosis = knowledge.diagnoseNow(`Email Server Error Code: ${printed}`);
    expect(homes).toContain(diagnosis.matches[0]?.topic);
  });
});
