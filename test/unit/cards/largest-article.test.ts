import { describe, expect, it } from 'vitest';
import { alertCard } from '../../../cards/alert-card.ts';
import { articlePreviewCard } from '../../../cards/article-preview-card.ts';
import { CARD_BUDGET_BYTES, sizeOf } from '../../../cards/fit.ts';
import type { AlertView } from '../../../cards/views.ts';
import type { Article } from '../../../services/domain/article.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import { loadTexts } from '../../../services/i18n/index.ts';
import {
  articleSource,
  loadArticles,
  parseArticleSource,
} from '../../../services/knowledge/index.ts';

const [texts, loaded] = await Promise.all([loadTexts('data'), loadArticles('data/knowledge')]);
if (texts.kind === 'invalid' || loaded.kind === 'invalid') expect.fail('the data is invalid');
const t = texts.texts.translatorFor('sv', 'Europe/Stockholm');
const shipped = loaded.articles.get(idOf<TopicId>('pending-send'))!;

const long = { sv: 'å'.repeat(5_000), en: 'ü'.repeat(5_000) };
const withCode = (text: string): Article => ({
  ...shipped,
  title: long,
  meaning: long,
  cause: long,
  notices: Array.from({ length: 20 }, () => ({ kind: 'risk', text: long }) as const),
  steps: Array.from({ length: 20 }, () => ({
    ...shipped.steps[0]!,
    text: long,
    navigation: { online: long, onPremises: long },
    code: { language: 'PowerShell', text },
  })),
});
const withSource = (url: string): Article => ({
  ...shipped,
  sources: [{ title: 'A page', url, read: shipped.checked }],
});
const read = (article: Article) => parseArticleSource('pending-send.yaml', articleSource(article));

const viewOf = (article: Article): AlertView => ({
  article,
  slots: {},
  direction: null,
  code: null,
  nature: null,
  confidence: null,
  answer: null,
  mayEdit: true,
  checksSetUp: true,
  organizer: null,
  steps: article.steps.map((step) => ({ step, now: false, onlyFor: [] })),
  related: [],
  mailbox: null,
  mailboxLookup: 'not-named',
  candidates: [],
});

describe('an article that is as long as an article may be', () => {
  it('fits on its card, and on the card of its preview', () => {
    const longest = read(withCode(`${'x\n'.repeat(29)}${'å'.repeat(1_400)}`));
    if ('problems' in longest) expect.fail(JSON.stringify(longest.problems));
    const view = viewOf(longest.article);
    expect(sizeOf(alertCard(view, t))).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
    expect(sizeOf(articlePreviewCard(view, 'pending-send', t))).toBeLessThanOrEqual(
      CARD_BUDGET_BYTES,
    );
  });

  it.each([
    ['with longer commands', withCode('x'.repeat(1_501))],
    ['with commands of more lines', withCode('x\n'.repeat(40))],
    ['with a source that is no page on the web', withSource('javascript:alert(1)')],
    ['with a source that is a page of data', withSource('data:text/html,x')],
    ['with an id that is no file name', { ...shipped, id: idOf<TopicId>('x'.repeat(300)) }],
  ])('and more is refused: %s', (_, article) => {
    expect(read(article)).toHaveProperty('problems');
  });

  it.each(['https://contoso.example/%zz', 'https://contoso.example/a b)[c](d'])(
    'shows a source that is oddly written, as a link: %s',
    (url) => {
      const odd = read(withSource(url));
      if ('problems' in odd) expect.fail(JSON.stringify(odd.problems));
      const drawn = JSON.stringify(alertCard(viewOf(odd.article), t));
      expect(drawn).toMatch(/\[A page\]\(https:\/\/contoso\.example\/[^\s()]+\)/u);
    },
  );
});
