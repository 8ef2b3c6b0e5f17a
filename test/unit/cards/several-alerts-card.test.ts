import { describe, expect, it } from 'vitest';
import { severalAlertsCard } from '../../../cards/index.ts';
import { textsOf } from '../../support/bot-world.ts';
import { alertViewOf } from '../../support/card-fixtures.ts';
import { cardWorld } from '../../support/card-world.ts';

const { articles, translators } = await cardWorld();

describe('the summary of several alerts', () => {
  it('begins with a step that holds for every mailbox where none is known', () => {
    const article = articles.get('connection-failed')!;
    const texts = { mailbox: 'Anna Ek', profile: 'Contoso' } as Parameters<typeof alertViewOf>[1];
    const view = alertViewOf(article, texts, null);
    const words = textsOf(severalAlertsCard({ alerts: [view, view] }, translators.en));
    const always = article.steps.find(({ when }) => when === 'always')!;
    expect(article.steps[0]?.when).toBe('answers-again');
    expect(words).toContain(always.text.en);
    expect(words).not.toContain(article.steps[0]?.text.en);
  });
});
