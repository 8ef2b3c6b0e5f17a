import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Article } from '../../../services/domain/article.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import { loadArticles } from '../../../services/knowledge/load-articles.ts';

/** Codes and sync errors as Microsoft documents them, and the article that explains each. */
const EXPLAINED: readonly (readonly [code: string, id: string])[] = [
  ['UnknownIncomingEmailIntegrationError', 'unknown-receive-error'],
  ['UnknownIncomingEmailIntegrationError -2147220970', 'unknown-receive-error'],
  ['UnknownIncomingEmailIntegrationError -2147220956', 'plugin-or-workflow-error'],
  ['UnknownIncomingEmailIntegrationError -2147220891', 'plugin-or-workflow-error'],
  ['Crm.80040265.ISV code aborted the operation.', 'plugin-or-workflow-error'],
  ['UnknownIncomingEmailIntegrationError -2147218677', 'invalid-recipient-address'],
  ['Crm.80040216. An unexpected error occurred', 'internal-error-transient'],
  ['IncomingMailboxInternalCrmError', 'internal-error-transient'],
  ['ErrorInternalServerTransientError', 'internal-error-transient'],
  ['ErrorMailboxStoreUnavailable', 'exchange-store-unavailable'],
  ['Exchange.server returned 203 error.', 'act-retry-203'],
  ['Exchange.server returned 383 error.', 'time-zone-383'],
  ['ErrorIrresolvableConflict', 'item-conflict'],
  ['Exchange.server returned 363 error.', 'exchange-server-busy'],
  ['GeneralOutgoingEmailServerError', 'general-outgoing-error'],
  [
    'Smtp server returned GeneralOutgoingEmailServerError GeneralFailure exception.',
    'gmail-sending-limit',
  ],
  ['SoapException : GeneralIncomingEmailServerError', 'outlook-app-exchange-version'],
  ['ErrorQuotaExceeded. Exchange.server returned 403 error.', 'exchange-quota-exceeded'],
  ['ErrorSubmissionQuotaExceeded', 'sending-limit-exceeded'],
  ['EmailMessageSizeExceeded', 'message-too-large'],
  ['NoRecipientMatch', 'no-recipient-match'],
  ['NoCorrelationMatch', 'no-correlation-match'],
  ['InternalEmailReject', 'internal-email-reject'],
  ['InvalidSender', 'invalid-sender'],
  ['InvalidForwardMailItem', 'invalid-forward-mail'],
  ['Sync Error: Duplicate', 'duplicate-message'],
  ['ExchangeSyncSchedulingConflictsError', 'scheduling-conflict'],
  ['ExchangeSyncDuplicateRecordsError', 'duplicate-records'],
  ['8004480D', 'send-as-another-user'],
  ['8004480F', 'send-as-another-user'],
];

let articles: readonly Article[];

beforeAll(async () => {
  const result = await loadArticles(join(import.meta.dirname, '../../../data/knowledge'));
  if (result.kind === 'invalid') expect.fail(JSON.stringify(result.problems, null, 1));
  articles = Array.from(result.articles.values());
});

function article(id: string): Article {
  const topic = idOf<TopicId>(id);
  return articles.find((candidate) => candidate.id === topic) ?? expect.fail(`no article ${id}`);
}

const spellingsOf = ({ codes }: Article): readonly string[] =>
  codes.flatMap(({ text, aliases }) => [text, ...aliases]);

describe('the codes of exchange, sending and item-level errors', () => {
  it.each(EXPLAINED)('%s is explained by %s alone', (code, id) => {
    const listing = articles.filter((candidate) => spellingsOf(candidate).includes(code));
    expect(listing.map((found) => String(found.id))).toEqual([id]);
  });

  it('spell the same number in decimal as in hexadecimal', () => {
    for (const { id, codes } of articles) {
      for (const { text, number } of codes) {
        const decimal = /-\d{10}/.exec(text)?.[0];
        if (decimal === undefined || number === undefined) continue;
        expect(Number.parseInt(number, 16) - 2 ** 32, `${id}: ${text}`).toBe(Number(decimal));
      }
    }
  });

  it('are no ordinary words, which any question may contain', () => {
    for (const candidate of articles) {
      for (const spelling of spellingsOf(candidate)) expect(spelling).not.toMatch(/^[A-Z]?[a-z]+$/);
    }
  });
});

describe('an alert whose text says something else than its cause', () => {
  it.each([
    'unknown-receive-error',
    'plugin-or-workflow-error',
    'invalid-recipient-address',
    'time-zone-383',
    'exchange-quota-exceeded',
    'sending-limit-exceeded',
    'gmail-sending-limit',
  ])('is called misleading by %s', (id) => {
    expect(article(id).notices.map(({ kind }) => kind)).toContain('misleading');
  });
});

describe('enabling outgoing email again', () => {
  it('comes with the warning that waiting messages go out at once', () => {
    for (const id of ['exchange-quota-exceeded', 'general-outgoing-error', 'test-enable-success']) {
      const risks = article(id).notices.filter(({ kind }) => kind === 'risk');
      expect(risks.map(({ text }) => text.sv).join(' '), id).toMatch(/skickas alla .*meddelanden/);
      expect(risks.map(({ text }) => text.en).join(' '), id).toMatch(
        /all .*messages .*go out|sent at once/,
      );
    }
  });
});

describe('what newer pages added', () => {
  it('the identity # SSSAdminProd is announced, not confirmed, and must be left alone', () => {
    const identity = article('sss-admin-identity');
    expect(identity.notices).toMatchObject([
      { kind: 'changed', since: '2025-11-13', certainty: 'announced' },
    ]);
    expect(identity.steps[0]?.text.en).toContain('Leave the user alone');
  });

  it('the dashboard keeps rows three days and shows *** to administrators', () => {
    for (const lang of ['sv', 'en'] as const) {
      expect(article('item-monitoring-dashboard').cause[lang]).toMatch(/\*\*\* \(/);
      expect(article('item-monitoring-dashboard').cause[lang]).toMatch(/tre dagar|three days/);
    }
  });

  it('the year 1899 means never, and is marked as our reading', () => {
    const [reading] = article('test-enable-not-run').notices;
    expect(reading?.certainty).toBe('inferred');
    expect(reading?.text.en).toContain('12/31/1899');
  });
});

describe('every article', () => {
  it('fits a card: at most eight steps of 300 characters, and prose under 6 000 bytes', () => {
    for (const { id, title, meaning, cause, steps, notices } of articles) {
      expect(steps.length, id).toBeLessThanOrEqual(8);
      for (const lang of ['sv', 'en'] as const) {
        const texts = steps.map(({ text }) => text[lang]);
        for (const text of texts) expect(text.length, `${id}: ${text}`).toBeLessThanOrEqual(300);
        const told = notices.map(({ text }) => text[lang]);
        const prose = [title[lang], meaning[lang], cause[lang], ...texts, ...told].join('\n');
        expect(Buffer.byteLength(prose), id).toBeLessThan(6_000);
      }
    }
  });

  it('asks questions that no other article asks', () => {
    const asked = new Map<string, string>();
    for (const { id, questions } of articles) {
      for (const question of [...questions.sv, ...questions.en]) {
        const key = question.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
        expect(asked.get(key) ?? id, question).toBe(id);
        asked.set(key, id);
      }
    }
  });
});
