import type { UnansweredView } from '../../cards/index.ts';
import type { Unanswered } from '../../services/domain/unanswered.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { World } from './world.ts';

export function unansweredView(
  { knowledge }: Pick<World, 'knowledge'>,
  { id, count, examples, lastAt, near }: Unanswered,
  t: Translator,
): UnansweredView {
  const article = near === null ? null : knowledge.article(near);
  return {
    unansweredId: id,
    count,
    examples: examples.map(({ text }) => text),
    lastAt,
    near: article === null ? null : { topic: article.id, title: article.title[t.language] },
  };
}
