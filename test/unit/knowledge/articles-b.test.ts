import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Article } from '../../../services/domain/article.ts';
import { parseArticle } from '../../../services/knowledge/article-schema.ts';

const IDS = [
  'organizer-missing',
  'other-org',
  'gmail',
  'exchange-online-setup',
  'deliveries-regularly-disabled',
  'unsupported-configurations',
  'invitee-appointment',
  'outlook-status-fields',
  'service-appointments',
  'exchange-online-limits',
] as const;
type Id = (typeof IDS)[number];
const LANGUAGES = ['sv', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

function textOf(path: string): unknown {
  return parse(readFileSync(new URL(`../../../data/${path}`, import.meta.url), 'utf8'));
}

function article(id: Id): Article {
  const parsed = parseArticle(textOf(`knowledge/${id}.yaml`));
  if (!parsed.success) throw parsed.error;
  return parsed.data;
}

/** Everything that a person may read of an article in one language. */
function prose(id: Id, language: Language): string {
  const { title, meaning, cause, steps, notices } = article(id);
  return [
    title[language],
    meaning[language],
    cause[language],
    ...steps.map((step) => step.text[language]),
    ...notices.map((notice) => notice.text[language]),
  ].join('\n');
}

describe.each(IDS)('the article %s', (id) => {
  it('has the shape of an article and bears its file name', () => {
    expect(article(id).id).toBe(id);
  });

  it('fits a card: at most eight steps of at most 300 characters', () => {
    const { steps } = article(id);
    expect(steps.length).toBeLessThanOrEqual(8);
    for (const language of LANGUAGES) {
      expect(Math.max(...steps.map((step) => step.text[language].length))).toBeLessThanOrEqual(300);
      expect(Buffer.byteLength(prose(id, language))).toBeLessThan(6_000);
    }
  });

  it('was compared with its sources on the day it says', () => {
    const { checked, sources } = article(id);
    expect(checked).toBe('2026-11-23');
    expect(sources.map((source) => source.read)).toEqual(sources.map(() => '2026-11-23'));
  });

  it('asks no question twice', () => {
    const { questions } = article(id);
    for (const language of LANGUAGES) {
      expect(new Set(questions[language]).size).toBe(questions[language].length);
    }
  });
});

describe('what the Swedish document of 2017 gets wrong, the articles put right', () => {
  it('the appointment of an invitee who tracks it is not created', () => {
    expect(article('invitee-appointment').title).toEqual({
      sv: 'Den avtalade tiden skapas inte i Dynamics 365 när en inbjuden spårar den',
      en: "The appointment isn't created in Dynamics 365 when an invitee tracks it",
    });
    expect(prose('invitee-appointment', 'sv')).not.toMatch(/Resultat: den avtalade tiden skapas/);
    expect(prose('invitee-appointment', 'sv')).toContain(
      'enligt det engelska originalet skapas den inte',
    );
    expect(prose('invitee-appointment', 'en')).toContain(
      'by the English original it is not created',
    );
  });

  it('the record is created when the organizer is outside the organization', () => {
    expect(article('invitee-appointment').cause.sv).toMatch(
      /utanför er\s+Dynamics 365-organisation kan den inbjudne/,
    );
    expect(article('invitee-appointment').cause.en).toMatch(
      /outside your Dynamics 365 organization, the invitee can/,
    );
  });

  it('mixing Outlook synchronization and server-side synchronization is advised against', () => {
    expect(prose('unsupported-configurations', 'sv')).toContain(
      'Blanda inte Outlook-synkronisering och serversynkronisering',
    );
    expect(prose('unsupported-configurations', 'en')).toContain(
      "Don't mix Outlook synchronization and server-side synchronization",
    );
    expect(prose('unsupported-configurations', 'sv')).not.toMatch(/rekommenderar att .* blanda/i);
  });

  it('the list for Exchange Online is of what is not recommended or supported', () => {
    expect(article('exchange-online-setup').cause.sv).toMatch(
      /^Det här rekommenderas eller stöds inte/,
    );
    expect(article('exchange-online-setup').cause.en).toMatch(/^Not recommended or not supported/);
  });

  it('another tenant has limited support by now', () => {
    expect(prose('exchange-online-setup', 'sv')).toContain('OAuth mellan klientorganisationer');
    expect(prose('exchange-online-setup', 'en')).toContain('limited support through cross-tenant');
  });

  it('the word SSI appears nowhere', () => {
    for (const id of IDS) expect(prose(id, 'sv')).not.toContain('SSI');
  });
});

describe('facts that the articles must not lose', () => {
  it('service appointments travel to Outlook only, and are changed in Dynamics 365', () => {
    expect(article('service-appointments').title.sv).toContain('bara åt ett håll – till Outlook');
    expect(article('service-appointments').title.en).toContain('one way only – to Outlook');
    expect(article('service-appointments').steps[0]?.text.en).toMatch(/in Dynamics 365/);
  });

  it('a transient fault is retried ten times five minutes apart, a permanent one disables at once', () => {
    expect(article('deliveries-regularly-disabled').cause.sv).toMatch(
      /direkt.*10 gånger med 5 minuters/s,
    );
    expect(article('deliveries-regularly-disabled').cause.en).toMatch(
      /at once.*10 times, 5 minutes apart/s,
    );
  });

  it('warns before the check box is ticked in a tenant with several organizations', () => {
    const [risk] = article('other-org').notices;
    expect(risk?.kind).toBe('risk');
    expect(risk?.text.sv).toContain('den andra organisationen slutar synka');
    expect(risk?.text.en).toContain('the other organization stops synchronizing');
  });

  it('takes the other organization off before it overwrites what Exchange has noted', () => {
    const steps = article('other-org').steps.map((step) => step.text.en);
    const none = steps.findIndex((text) => text.includes('choose None'));
    const overwrite = steps.findIndex((text) => text.includes('check box ticked'));
    expect(none).toBeGreaterThanOrEqual(0);
    expect(overwrite).toBeGreaterThan(none);
  });

  it('gives Gmail its ports, POP, OAuth since 30 May 2022 and recent mode', () => {
    for (const language of LANGUAGES) {
      for (const fact of ['995', '587', 'POP', 'OAuth', 'recent:']) {
        expect(prose('gmail', language)).toContain(fact);
      }
    }
    expect(article('gmail').notices.map((notice) => notice.since)).toContain('2022-05-30');
  });

  it('shows every server something to do about a mailbox with wrong credentials', () => {
    const { steps } = article('gmail');
    for (const server of [
      'exchange-online',
      'exchange-server',
      'pop3-smtp',
      'imap-smtp',
    ] as const) {
      expect(steps.filter((step) => step.serverTypes.includes(server)).length).toBeGreaterThan(0);
    }
  });

  it('has mailbox-credential wordings for each direction in both languages', () => {
    const { templates } = article('gmail');
    for (const language of LANGUAGES) {
      const written = templates.filter((template) => template.lang === language);
      expect(new Set(written.flatMap((template) => template.directions))).toEqual(
        new Set(['incoming', 'outgoing', 'act']),
      );
    }
  });

  it('says when the retired products stopped and what replaces them', () => {
    const retired = article('unsupported-configurations').notices.filter(
      (notice) => notice.kind === 'retired',
    );
    expect(retired.map((notice) => notice.since)).toEqual(['2021-04-12', '2020-03-01']);
    for (const id of [
      'invitee-appointment',
      'outlook-status-fields',
      'service-appointments',
    ] as const) {
      expect(prose(id, 'sv')).toContain('utgick i mars 2020');
      expect(prose(id, 'en')).toContain('deprecated in March 2020');
    }
  });

  it('gives the limits with how sure they are', () => {
    expect(article('exchange-online-limits').cause.sv).toMatch(
      /10 000 mottagare.*säkert.*andrahand.*osäkert/s,
    );
    expect(article('exchange-online-limits').cause.en).toMatch(
      /10,000 recipients.*certain.*second-hand.*uncertain/s,
    );
  });

  it('names the field that appointments need, and that the form is published', () => {
    expect(prose('organizer-missing', 'sv')).toMatch(/Organisatör.*publicera/is);
    expect(prose('organizer-missing', 'en')).toMatch(/Organizer.*publish/is);
  });
});

describe('what is said without asking about synchronization', () => {
  const outOfScope = textOf('questions/out-of-scope.yaml') as Record<Language, readonly string[]>;

  it.each(LANGUAGES)('has at least 110 different examples in %s', (language) => {
    expect(new Set(outOfScope[language]).size).toBeGreaterThanOrEqual(110);
    expect(outOfScope[language].every((text) => typeof text === 'string')).toBe(true);
  });

  it.each(LANGUAGES)('shares no example with an article in %s', (language) => {
    const asked = new Set(IDS.flatMap((id) => article(id).questions[language]));
    expect(outOfScope[language].filter((text) => asked.has(text))).toEqual([]);
  });
});
