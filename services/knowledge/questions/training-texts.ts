import type { Article } from '../../domain/article.ts';
import type { TopicId } from '../../domain/ids.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { jumbles } from './jumbles.ts';
import type { Lexicon, OutOfScope, Phrasings } from './lexicon.ts';

/** Everything that the question model is learnt from. */
export interface QuestionSources {
  /** The articles to answer from. */
  readonly articles: readonly Article[];
  readonly phrasings: Phrasings;
  readonly outOfScope: OutOfScope;
  readonly lexicon: Lexicon;
}

export interface TrainingText {
  readonly text: string;
  /** Null: no article answers it. */
  readonly topic: TopicId | null;
  readonly weight: number;
}

const QUESTION = 1;
const TITLE = 1;
/** An article's own prose names facts that people ask for and nobody thought of as a question. */
const PROSE = 0.35;
const DECOY = 1;
/** A whole alert never gets here: it was recognised. What is put like one is another notice. */
const WORDING = 0.5;
const JUMBLE = 0.7;

/** The texts with their answers, in the articles' order. */
export function trainingTexts(sources: QuestionSources): readonly TrainingText[] {
  const { articles, phrasings, outOfScope } = sources;
  return [
    ...articles.flatMap((article) => [
      ...questionsOf(article, phrasings),
      ...proseOf(article),
      ...noticesOf(article),
    ]),
    ...jumbles(articles).map((text) => ({ text, topic: null, weight: JUMBLE })),
    ...LANGUAGES.flatMap((lang) =>
      outOfScope[lang].map((text) => ({ text, topic: null, weight: QUESTION })),
    ),
  ];
}

function questionsOf(article: Article, phrasings: Phrasings): readonly TrainingText[] {
  return LANGUAGES.flatMap((lang) => [
    ...[...article.questions[lang], ...(phrasings[article.id]?.[lang] ?? [])].map((text) => ({
      text,
      topic: article.id,
      weight: QUESTION,
    })),
    { text: article.title[lang], topic: article.id, weight: TITLE },
  ]);
}

function proseOf(article: Article): readonly TrainingText[] {
  const texts = LANGUAGES.flatMap((lang) => [
    article.meaning[lang],
    article.cause[lang],
    ...article.steps.map(({ text, navigation, code }) =>
      [text[lang], navigation?.online?.[lang], navigation?.onPremises?.[lang], code?.text].join(
        ' ',
      ),
    ),
    ...article.notices.map(({ text }) => text[lang]),
    ...article.codes.map(({ text, number, aliases, message, meaning }) =>
      [text, number, ...aliases, message, meaning?.[lang]].join(' '),
    ),
  ]);
  return texts.map((text) => ({ text, topic: article.id, weight: PROSE }));
}

function noticesOf({ decoys, templates, codes }: Article): readonly TrainingText[] {
  const wordings = [
    ...templates.map(({ text }) => text),
    ...codes.flatMap(({ message }) => message ?? []),
  ];
  return [
    ...decoys.map(({ text }) => ({ text, topic: null, weight: DECOY })),
    ...wordings.map((text) => ({ text, topic: null, weight: WORDING })),
  ];
}
