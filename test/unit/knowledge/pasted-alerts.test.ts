import { beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../services/domain/diagnosis.ts';
import type { Knowledge } from '../../../services/knowledge/index.ts';
import { realKnowledge } from '../../support/real-knowledge.ts';

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await realKnowledge();
});

function alertOf(
  topic: string,
  lang: string,
  mailbox: string,
  direction: 'incoming' | 'outgoing' | 'act' | 'both' = 'incoming',
): string {
  const article = knowledge.articles().find(({ id }) => id === topic);
  if (!article) throw new Error(`there is no article ${topic}`);
  const slots = { mailbox, profile: 'Exchange Nord', subject: 'Offert 12', otherMailbox: 'Ola' };
  for (const generation of [1, 2, 3] as const) {
    const text = knowledge.renderAlert({ article, lang, generation, direction, slots });
    if (text !== null) return text;
  }
  throw new Error(`${topic} has no wording in ${lang} for ${direction}`);
}

function topicsOf(diagnosis: Diagnosis): readonly string[] {
  return diagnosis.matches.map(({ topic }) => topic);
}

describe('a pasted alert', () => {
  it('is recognised with its mailbox, its profile and its direction', () => {
    const diagnosis = knowledge.diagnoseNow(alertOf('bad-credentials', 'sv', 'Maja Falk'));
    expect(diagnosis).toMatchObject({
      outcome: 'match',
      lang: 'sv',
      near: null,
      matches: [
        {
          topic: 'bad-credentials',
          slots: { mailbox: 'Maja Falk', profile: 'Exchange Nord' },
          direction: 'receive',
          nature: 'permanent',
        },
      ],
    });
    expect(diagnosis.matches[0]?.confidence).toBeGreaterThan(0.95);
  });

  it.each([
    ['incoming', 'receive'],
    ['outgoing', 'send'],
    ['both', 'both'],
  ] as const)('that speaks of %s mail has the direction %s', (direction, spoken) => {
    const text = alertOf('bad-credentials', 'en', 'Maja Falk', direction);
    expect(knowledge.diagnoseNow(text).matches[0]?.direction).toBe(spoken);
  });

  it('about appointments, contacts and tasks has the direction act', () => {
    const text = alertOf('other-org', 'en', 'Maja Falk', 'act');
    expect(knowledge.diagnoseNow(text).matches[0]?.direction).toBe('act');
  });

  it('is told from the others in the same paste, in order, in both languages', () => {
    const text = [
      'Hej, först kom det här:',
      alertOf('secure-connection', 'en', 'Orders'),
      'och sedan:',
      alertOf('bad-credentials', 'sv', 'Maja Falk'),
      alertOf('organizer-missing', 'sv', '', 'act'),
    ].join('\n\n');
    expect(topicsOf(knowledge.diagnoseNow(text))).toEqual([
      'secure-connection',
      'bad-credentials',
      'organizer-missing',
    ]);
  });

  it('that is pasted for two mailboxes is two alerts; pasted twice for one, it is one', () => {
    const first = alertOf('bad-credentials', 'en', 'Orders');
    const second = alertOf('bad-credentials', 'en', 'Returns');
    const both = knowledge.diagnoseNow(`${first}\n\n${second}`);
    expect(both.matches.map(({ slots }) => slots.mailbox)).toEqual(['Orders', 'Returns']);
    expect(knowledge.diagnoseNow(`${first}\n\n${first}`).matches).toHaveLength(1);
  });

  it('is recognised without its beginning, its end or its middle', () => {
    const text = alertOf('location-undetermined', 'en', 'Orders');
    const half = Math.floor(text.length / 2);
    for (const part of [
      text.slice(0, half),
      `…${text.slice(20)}`,
      `${text.slice(0, half)} […] ${text.slice(-60)}`,
    ]) {
      expect(topicsOf(knowledge.diagnoseNow(part)), part).toEqual(['location-undetermined']);
    }
  });

  it('tells a passing fault by its tail', () => {
    const article = knowledge.articles().find(({ id }) => id === 'connection-failed');
    const slots = { mailbox: 'Orders', profile: 'POP', subject: 'Offert 12' };
    const rendering = { lang: 'en', generation: 3, direction: 'incoming', slots } as const;
    const text = article ? knowledge.renderAlert({ article, ...rendering }) : null;
    expect(knowledge.diagnoseNow(text ?? '').matches[0]?.nature).toBe('transient');
  });

  it('reports the error code below it in the spelling of the article', () => {
    const text = `${alertOf('secure-connection', 'en', 'Orders')}\nEmail Server Error Code: WEB SERVER RETURNED SECURECHANNELFAILURE EXCEPTION`;
    expect(knowledge.diagnoseNow(text).matches[0]?.code).toBe(
      'Web server returned SecureChannelFailure exception',
    );
  });

  it('has no slot where a document prints a placeholder', () => {
    const text = alertOf('bad-credentials', 'en', '<Mailbox Name>');
    expect(knowledge.diagnoseNow(text).matches[0]?.slots).not.toHaveProperty('mailbox');
    const encoded = alertOf('bad-credentials', 'en', '&lt;Mailbox Name&gt;');
    expect(knowledge.diagnoseNow(encoded).matches[0]?.slots).not.toHaveProperty('mailbox');
  });

  it('gives a slot as a person reads it, whatever the markup', () => {
    const html = alertOf('bad-credentials', 'sv', '<b>K&ouml;pl&aring;da &amp; s&ouml;n</b>');
    expect(knowledge.diagnoseNow(html).matches[0]?.slots.mailbox).toBe('Köplåda & sön');
    const quoted = alertOf('bad-credentials', 'sv', '”Stora\u00a0lådan”');
    expect(knowledge.diagnoseNow(quoted).matches[0]?.slots.mailbox).toBe('Stora lådan');
  });
});

describe('a text that resembles an alert', () => {
  it('is not answered when a decoy explains it, and says what it is near', () => {
    for (const article of knowledge.articles()) {
      for (const decoy of article.decoys) {
        const text = decoy.text.replaceAll('{', '').replaceAll('}', '');
        const diagnosis = knowledge.diagnoseNow(text);
        expect(diagnosis.outcome, text).toBe('none');
        expect(diagnosis.near, text).not.toBeNull();
      }
    }
  });
});
