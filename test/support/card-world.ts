import path from 'node:path';
import type { Article } from '../../services/domain/article.ts';
import { createTexts, loadTexts, type Translator } from '../../services/i18n/index.ts';
import { loadArticles } from '../../services/knowledge/index.ts';
import { pseudoLocale } from './pseudo-locale.ts';

const data = path.resolve(import.meta.dirname, '../../data');

export interface CardWorld {
  readonly articles: ReadonlyMap<string, Article>;
  readonly translators: Readonly<Record<'sv' | 'en' | 'pseudo', Translator>>;
}

/** The real articles and texts, and the pseudo-locale made from English. */
export async function cardWorld(): Promise<CardWorld> {
  const [texts, knowledge] = await Promise.all([
    loadTexts(data),
    loadArticles(path.join(data, 'knowledge')),
  ]);
  if (texts.kind === 'invalid') throw new TypeError(JSON.stringify(texts.problems));
  if (knowledge.kind === 'invalid') throw new TypeError(JSON.stringify(knowledge.problems));
  const { catalogues } = texts.texts;
  const pseudo = createTexts({ ...catalogues, en: pseudoLocale(catalogues.en) });
  const zone = 'Europe/Stockholm';
  return {
    articles: knowledge.articles,
    translators: {
      sv: texts.texts.translatorFor('sv', zone),
      en: texts.texts.translatorFor('en', zone),
      pseudo: pseudo.translatorFor('en', zone),
    },
  };
}
