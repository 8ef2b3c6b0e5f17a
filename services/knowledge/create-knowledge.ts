import type { Article } from '../domain/article.ts';
import type { TopicId } from '../domain/ids.ts';
import { renderAlert } from './alerts/render-alert.ts';
import { TextDiagnoser } from './diagnose-text.ts';
import type { Knowledge } from './knowledge.ts';
import type { Lexicon, OutOfScope } from './questions/lexicon.ts';
import { finishInTurns, finishNow } from './text/work-in-steps.ts';

export interface KnowledgeSources {
  readonly articles: ReadonlyMap<TopicId, Article>;
  readonly outOfScope: OutOfScope;
  readonly lexicon: Lexicon;
}

/** Compiles the templates and learns the questions: some tenths of a second, once. */
export function createKnowledge({ articles, outOfScope, lexicon }: KnowledgeSources): Knowledge {
  const all = [...articles.values()];
  const diagnoser = new TextDiagnoser(all, outOfScope, lexicon);
  return {
    articles: () => all,
    article: (topic) => articles.get(topic) ?? null,
    diagnose: (text) => finishInTurns(diagnoser.diagnose(text)),
    diagnoseNow: (text) => finishNow(diagnoser.diagnose(text)),
    renderAlert,
  };
}
