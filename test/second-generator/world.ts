import type { Article } from '../../services/domain/article.ts';
import { indexWordings, topicsOfWhole, type WordingIndex } from './fits.ts';
import type { RenderedAlert } from './rendered-alert.ts';

/** What every kind of case is made from. */
export interface World {
  readonly articles: readonly Article[];
  readonly wordings: WordingIndex;
  /** The articles whose wording this is: more than one where articles share it. */
  twinsOf(alert: RenderedAlert): readonly string[];
}

export function createWorld(articles: readonly Article[]): World {
  const wordings = indexWordings(articles);
  return { articles, wordings, twinsOf: (alert) => topicsOfWhole(wordings, alert.pieces) };
}
