import type { Article } from '../domain/article.ts';
import type { TopicId } from '../domain/ids.ts';
import { renderAlert } from './alerts/render-alert.ts';
import { TextDiagnoser } from './diagnose-text.ts';
import type { Knowledge } from './knowledge.ts';
import type { Lexicon, OutOfScope } from './questions/lexicon.ts';
import { finishInTurns, finishNow } from './text/work-in-steps.ts';

export type Catalogue = 'full' | 'document';

export interface KnowledgeSources {
  readonly articles: ReadonlyMap<TopicId, Article>;
  readonly outOfScope: OutOfScope;
  readonly lexicon: Lexicon;
  /** `document`: only the headings of the document of 2017 answer. Default: all. */
  readonly catalogue?: Catalogue;
}

/** Compiles the templates and learns the questions: some tenths of a second, once. */
export function createKnowledge(sources: KnowledgeSources): Knowledge {
  const { articles, outOfScope, lexicon, catalogue = 'full' } = sources;
  const answers = ({ catalogue: own }: Article): boolean =>
    catalogue === 'full' || own === 'document';
  const answering = [...articles.values()].filter(answers);
  const undocumented = [...articles.values()].filter((article) => !answers(article));
  const diagnoser = new TextDiagnoser(answering, undocumented, outOfScope, lexicon);
  return {
    articles: () => answering,
    article: (topic) => articles.get(topic) ?? null,
    diagnose: (text) => finishInTurns(diagnoser.diagnose(text)),
    diagnoseNow: (text) => finishNow(diagnoser.diagnose(text)),
    renderAlert,
  };
}
