import { beforeAll, describe, expect, it } from 'vitest';
import type { Article } from '../../../services/domain/article.ts';
import { LANGUAGES } from '../../../services/domain/language.ts';
import type { AlertRendering, Knowledge } from '../../../services/knowledge/index.ts';
import { realKnowledge } from '../../support/real-knowledge.ts';

/** Names that are read back exactly as they were given. */
const HOSTILE_NAMES = [
  'Anna Ek',
  'Support och e-post',
  'e post',
  'Not Approved Invoices',
  'Mailbox 12',
  'Mailbox Mailbox',
  'Postlådan',
  'The mailbox',
  'The owner',
  'Ägaren till e-postserverprofilen',
  'has been disabled',
  'Mailbox has been notified',
  'inte är godkänd',
  'because',
  'eftersom',
  'Profil för postlådor',
  'Ta emot gods',
  'för att ta emot e-post',
  "didn't synchronize",
  'Exchange Online',
  'Office 365',
  'Test Message',
  "O'Brien, Patrick",
  'Säljstöd (Göteborg)',
  '[Sales] <team>',
  'order@contoso.se',
  'IT-support <helpdesk@contoso.se>',
  'Contoso Inc.',
  'Kl. 9.00',
  'A & B',
  'a > b',
  '%s {mailbox} $1 \\n',
  '**Bold** _x_',
  '# Heading',
  '- item',
  'http://x.se/?a=1&b=2',
  '🚀 Launch 🚀',
  '🚀',
  '👩‍💻 Dev',
  'שלום עולם',
  'مرحبا بالعالم',
  '日本語メール',
  'Ł ß æ Œ',
  '1',
  'I',
  'x'.repeat(120),
];

/** Names that are read back as a person sees them on the screen; given, read. */
const SEEN_OTHERWISE = [
  ['"Quoted"', 'Quoted', 'surrounding quotation marks belong to the sentence (design.md §3)'],
  ['`code`', 'code', 'so does markdown around the whole name'],
  ['| cell |', 'cell', 'bars are the borders of a table'],
  ['<b>x</b>', 'x', 'a tag is markup, which nobody sees'],
  ['R&amp;D', 'R&D', 'entities are decoded (design.md §3)'],
  ['A  \u00a0 B', 'A B', 'any white space is one space'],
  ['Nord – Syd', 'Nord - Syd', 'mail programs make dashes of hyphens'],
  ['Ma\u030artens', 'Mårtens', 'NFC (design.md §3)'],
  ['Kö\u200bpla\u00ad', 'Köpla', 'what is invisible cannot be asked for'],
  ['\u202eabc\u202c', 'abc', 'controls of writing direction are invisible'],
] as const;

/**
 * Names that cannot be read back: without a letter, digit or picture nothing shows that a name is
 * there at all ("…" is what a cut looks like, "&amp;" and "--" are punctuation), a name in angle
 * brackets is what documents print as a placeholder, and a name that is the beginning of another
 * wording of the same alert reads as that wording. The topic is right all the same.
 */
const UNDECIDABLE = ['…', '...', '&amp;', '--', '<Mailbox Name>', '', 'Email cannot be received'];

const DIRECTIONS = ['incoming', 'outgoing', 'act', 'both'] as const;
const GENERATIONS = [1, 2, 3] as const;

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await realKnowledge();
});

interface Rendered {
  readonly rendering: AlertRendering;
  readonly text: string;
  readonly namesMailbox: boolean;
}

function renderingsOf(mailbox: string, profile: string): readonly Rendered[] {
  return knowledge
    .articles()
    .filter((article) => article.kind === 'alert')
    .flatMap((article) =>
      LANGUAGES.flatMap((lang) =>
        GENERATIONS.flatMap((generation) =>
          DIRECTIONS.flatMap((direction) => {
            const slots = { mailbox, profile, subject: 'Offert 12', otherMailbox: 'Kim Berg' };
            const rendering = { article, lang, generation, direction, slots };
            const text = knowledge.renderAlert(rendering);
            if (text === null) return [];
            const other = { ...rendering, slots: { ...slots, mailbox: 'QQ' } };
            const namesMailbox = knowledge.renderAlert(other) !== text;
            return [{ rendering, text, namesMailbox }];
          }),
        ),
      ),
    );
}

function expectReadBack(mailbox: string, seen: string | null, profile = 'Exchange Nord'): void {
  for (const { rendering, text, namesMailbox } of renderingsOf(mailbox, profile)) {
    const { outcome, matches } = knowledge.diagnoseNow(text);
    const about = `${rendering.lang}, generation ${rendering.generation}: ${text}`;
    expect(outcome, about).toBe('match');
    expect(
      matches.map(({ topic }) => topic),
      about,
    ).toEqual([rendering.article.id]);
    if (namesMailbox && seen !== null) expect(matches[0]?.slots.mailbox, about).toBe(seen);
  }
}

describe('what the engine raises can be pasted back', () => {
  it.each(HOSTILE_NAMES)('about a mailbox named %j', (name) => {
    expectReadBack(name, name);
  });

  it.each(SEEN_OTHERWISE)('about a mailbox named %j, seen as %j: %s', (name, seen) => {
    expectReadBack(name, seen);
  });

  it.each(UNDECIDABLE)('about a mailbox named %j, of which only the topic can be told', (name) => {
    expectReadBack(name, null);
  });

  it.each(['The mailbox', 'has been notified', 'och ägaren', '"EX"', '[a|b]', '🚀 EX', 'x. Y'])(
    'when the profile is named %j',
    (profile) => {
      expectReadBack('Anna Ek', 'Anna Ek', profile);
    },
  );

  it('for every article that has a template, in both languages', () => {
    // Some alerts print only another article's words, and are known by their code; and a wording with
    // a value that nothing is done with, as in "User {*} should be", is recognised but never raised.
    const alerts = knowledge
      .articles()
      .filter(({ templates }) => templates.some(({ text }) => !text.includes('{*}')));
    const wordings = (article: Article): ReadonlySet<string> =>
      new Set(
        renderingsOf('Anna Ek', 'EX')
          .filter(({ rendering }) => rendering.article === article)
          .map(({ rendering }) => rendering.lang),
      );
    for (const article of alerts)
      expect([...wordings(article)].sort(), article.id).toEqual(['en', 'sv']);
  });
});

describe('a rendered alert', () => {
  it('is null where no wording speaks of the direction or the language', () => {
    const article = knowledge.articles().find(({ id }) => id === 'organizer-missing');
    if (!article) throw new Error('there is no article organizer-missing');
    const slots = { mailbox: 'Anna Ek' };
    const rendering = { article, lang: 'sv', generation: 1, direction: 'act', slots } as const;
    expect(knowledge.renderAlert(rendering)).toContain('Organisatör');
    expect(knowledge.renderAlert({ ...rendering, direction: 'incoming' })).toBeNull();
    expect(knowledge.renderAlert({ ...rendering, lang: 'fi' })).toBeNull();
  });

  it('is null rather than one with an empty name', () => {
    const article = knowledge.articles().find(({ id }) => id === 'bad-credentials');
    if (!article) throw new Error('there is no article bad-credentials');
    const rendering = { article, lang: 'sv', generation: 1, direction: 'incoming' } as const;
    expect(knowledge.renderAlert({ ...rendering, slots: {} })).toBeNull();
  });
});
