import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { bold, buttons, container, say, small, text, title } from './elements.ts';
import { fitCard, listed, paragraph } from './fit.ts';
import { topicPayload } from './parts/topic-payload.ts';
import { markdown } from './text.ts';
import type { AlertChoiceView } from './views.ts';

/** The words fit several alerts: which is it? Best first. */
export function alertChoiceCard(view: AlertChoiceView, t: Translator): AdaptiveCard {
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.choice.title'),
      body: [
        title(say(t, 'card.choice.title')),
        text(say(t, 'card.choice.explain'), { spacing: 'small' }),
        ...listed(t, view.choices, Math.min(detail.items, 5), (choice) =>
          container(
            [
              text(bold(markdown(choice.title, 200)), { color: 'accent', spacing: 'none' }),
              small(paragraph(choice.meaning, { ...detail, text: Math.min(detail.text, 200) }), {
                spacing: 'none',
              }),
            ],
            {
              style: 'emphasis',
              spacing: 'small',
              selectAction: execute(
                'show-topic',
                choice.title,
                topicPayload(choice.topic, null, choice.slots),
              ),
            },
          ),
        ),
        buttons([execute('help', t('card.choice.none'), {})]),
      ],
    }),
  );
}
