import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import { buttons, code, joined, say, section, small, text, title } from './elements.ts';
import { type Detail, fitCard } from './fit.ts';
import { plain, tidy } from './text.ts';
import type { ErrorView } from './views.ts';

/** Something broke: what to do, the trace id, and the person's own words so that nothing is lost. */
export function errorCard(view: ErrorView, t: Translator): AdaptiveCard {
  const heading = t(`error.${view.code}.title`);
  return fitCard((detail) =>
    compose(t, {
      summary: heading,
      body: [
        title(say(t, `error.${view.code}.title`)),
        text(say(t, `error.${view.code}.advice`), { spacing: 'small' }),
        small(joined([say(t, 'card.error.trace'), plain(view.traceId, 100)], ': '), {
          isSubtle: false,
        }),
        ...(view.theirText === null ? [] : theirWords(view.theirText, t, detail)),
        buttons([execute('help', t('card.button.help'), {})]),
      ],
    }),
  );
}

/** Kept line by line, to be copied and sent again. */
function theirWords(words: string, t: Translator, detail: Detail): readonly CardElement[] {
  const kept = words.slice(0, detail.text);
  const lines = kept
    .split('\n')
    .map((line) => tidy(line, 400))
    .filter((line) => line !== '')
    .slice(0, detail.items * 2);
  return [
    section(say(t, 'card.error.your-words')),
    code(lines.length === 0 ? '…' : lines.join('\n'), 'PlainText'),
    ...(words.length > kept.length ? [small(say(t, 'card.error.cut'))] : []),
  ];
}
