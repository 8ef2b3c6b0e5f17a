import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { container, say, section, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { commandList } from './parts/command-list.ts';
import { languageButtons } from './parts/language-buttons.ts';
import type { HelpView } from './views.ts';

export function helpCard(view: HelpView, t: Translator): AdaptiveCard {
  const { didYouMean, scope, administrator } = view;
  return fitCard(() =>
    compose(t, {
      summary: t('card.help.summary'),
      body: [
        didYouMean === null
          ? null
          : container([text(say(t, 'card.help.did-you-mean', { ...didYouMean }))], {
              style: 'accent',
              spacing: 'none',
            }),
        title(say(t, 'card.help.title'), didYouMean === null ? 'none' : 'medium'),
        text(say(t, 'card.help.paste'), { spacing: 'small' }),
        section(say(t, 'card.help.commands')),
        ...commandList(administrator, t),
        scope === 'personal' ? null : small(say(t, 'card.help.mention'), { spacing: 'medium' }),
        languageButtons(null, t),
      ],
    }),
  );
}
