import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { bold, buttons, row, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { markdown } from './text.ts';
import type { WelcomeView } from './views.ts';

/** The first thing a person sees: what it is good for and what to do next. */
export function welcomeCard(view: WelcomeView, t: Translator): AdaptiveCard {
  const other = t.language === 'sv' ? 'en' : 'sv';
  const points = ['paste', 'act', 'told'] as const;
  return fitCard(() =>
    compose(t, {
      summary: t('card.welcome.summary'),
      body: [
        title(
          view.name === null
            ? say(t, 'card.welcome.title')
            : say(t, 'card.welcome.title-name', { name: view.name }),
        ),
        text(say(t, 'card.welcome.intro'), { spacing: 'small' }),
        ...points.map((point) =>
          row(
            [text(markdown(ICONS[point]), { spacing: 'none' })],
            [
              text(bold(say(t, `card.welcome.${point}.title`)), { spacing: 'none' }),
              small(
                say(
                  t,
                  point === 'act' && !view.administrator
                    ? 'card.welcome.act.owner'
                    : `card.welcome.${point}.text`,
                ),
                { spacing: 'none' },
              ),
            ],
            { spacing: 'medium' },
          ),
        ),
        text(say(t, view.scope === 'personal' ? 'card.welcome.try' : 'card.welcome.mention'), {
          spacing: 'medium',
        }),
        buttons([
          execute('help', t('card.button.help'), {}),
          execute('set-language', t(`card.language.${other}`), { language: other }),
        ]),
      ],
    }),
  );
}

const ICONS = { paste: '📋', act: '🛠️', told: '🔔' } as const;
