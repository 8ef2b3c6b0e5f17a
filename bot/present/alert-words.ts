import type { Alert } from '../../services/domain/alert.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { World } from './world.ts';

/** How new a wording is also tells what has come of it: the third says that it is tried again. */
const GENERATIONS = { stopped: [2, 1], retried: [3, 2, 1] } as const;

/** In the words that Dynamics 365 has for it; an information has none but its article's. */
export function wordsOf(
  world: Pick<World, 'knowledge'>,
  alert: Alert,
  t: Translator,
): string | null {
  // What Dynamics 365 printed is what people find there; the wordings are for what it never printed.
  if (alert.text !== undefined) return alert.text;
  const article = world.knowledge.article(alert.topic);
  if (article === null) return null;
  if (article.kind !== 'alert') return article.meaning[t.language];
  const { direction, slots } = alert;
  for (const generation of GENERATIONS[alert.level === 'warning' ? 'retried' : 'stopped']) {
    const rendering = { article, lang: t.language, generation, direction, slots };
    const words = world.knowledge.renderAlert(rendering);
    if (words !== null) return words;
  }
  return null;
}
