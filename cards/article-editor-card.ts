import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import type { ArticleEditorView } from './editing-views.ts';
import { buttons, container, say, section, small, text, title } from './elements.ts';
import { fitCard, listed } from './fit.ts';
import { plain } from './text.ts';

const PARTS = ['texts', 'steps', 'questions', 'source'] as const;

/** Where a draft stands: what it lacks, which parts can be edited, and the way to publish it. */
export function articleEditorCard(view: ArticleEditorView, t: Translator): AdaptiveCard {
  const { topic, problems, examples, news } = view;
  const heading = { title: view.title };
  const refused = news === 'overtaken' || news === 'examples-unanswered';
  const parts = view.broken ? (['source'] as const) : PARTS;
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.editor.title', heading),
      body: [
        title(say(t, 'card.editor.title', heading)),
        news === null ? null : text(say(t, `card.editor.${news}`), { spacing: 'small' }),
        problems.length > 0
          ? section(say(t, 'card.editor.problems', { count: problems.length }))
          : refused
            ? null
            : text(say(t, 'card.editor.ready'), { spacing: 'medium' }),
        ...listed(t, problems, Math.min(detail.items, 8), problemRow),
        examples.length === 0 ? null : section(say(t, 'card.editor.examples')),
        ...listed(t, examples, Math.min(detail.items, 5), (example) =>
          small(plain(example, 300), { isSubtle: false }),
        ),
        section(say(t, 'card.editor.parts')),
        ...parts.map((part) => partRow(topic, part, t)),
        buttons([
          problems.length > 0
            ? null
            : execute(
                'publish-article',
                t('card.editor.publish'),
                { topic },
                { style: 'positive' },
              ),
          problems.length > 0
            ? null
            : execute('preview-article', t('card.editor.preview'), { topic }),
          execute('article-history', t('card.editor.history'), { topic }),
          execute('discard-draft', t('card.editor.discard'), { topic }, { style: 'destructive' }),
        ]),
      ],
    }),
  );
}

/** A row and not a button: Teams shows six buttons, and publishing needs some of them. */
function partRow(topic: string, part: (typeof PARTS)[number], t: Translator): CardElement {
  const label = t(`card.editor.part.${part}`);
  return container([text(plain(label), { color: 'accent', spacing: 'none' })], {
    style: 'emphasis',
    spacing: 'small',
    selectAction: execute('edit-part', label, { topic, part }),
  });
}

function problemRow({ path, what, remedy }: ArticleEditorView['problems'][number]): CardElement {
  return container(
    [
      text(plain(path === '' ? what : `${path}: ${what}`, 300), { spacing: 'none' }),
      small(plain(remedy, 300), { spacing: 'none' }),
    ],
    { style: 'warning', spacing: 'small' },
  );
}
