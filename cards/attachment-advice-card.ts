import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, row, say, section, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { markdown } from './text.ts';
import type { AttachmentAdviceView } from './views.ts';

const STEPS = ['find', 'mark', 'paste'] as const;

/** A picture or a file that cannot be read: how to get the alert's words here instead. */
export function attachmentAdviceCard(view: AttachmentAdviceView, t: Translator): AdaptiveCard {
  const values = { file: view.fileName };
  return fitCard(() =>
    compose(t, {
      summary: t(`card.attachment.${view.kind}`, values),
      body: [
        title(say(t, 'card.attachment.title')),
        text(say(t, `card.attachment.${view.kind}`, values), { spacing: 'small' }),
        section(say(t, 'card.attachment.how')),
        ...STEPS.map((step, index) =>
          row(
            [text(markdown(`**${index + 1}.**`), { spacing: 'none' })],
            [text(say(t, `card.attachment.${step}`), { spacing: 'none' })],
          ),
        ),
        buttons([execute('help', t('card.button.help'), {})]),
      ],
    }),
  );
}
