import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { say, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { languageButtons } from './parts/language-buttons.ts';
import type { LanguageView } from './views.ts';

/** Written in the chosen language: the translator is already the new one. */
export function languageCard(view: LanguageView, t: Translator): AdaptiveCard {
  const key = view.chosen === null ? 'card.language.ask' : 'card.language.set';
  return fitCard(() =>
    compose(t, {
      summary: t(key),
      body: [
        title(say(t, key)),
        text(say(t, 'card.language.explain'), { spacing: 'small' }),
        languageButtons(view.chosen, t),
      ],
    }),
  );
}
