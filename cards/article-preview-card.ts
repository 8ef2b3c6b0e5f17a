import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import { alertCard } from './alert-card.ts';
import type { AdaptiveCard } from './card.ts';
import { buttons, container, say, text } from './elements.ts';
import type { AlertView } from './views.ts';

/** A draft as everybody would see it, with the way back to the editor above it. */
export function articlePreviewCard(view: AlertView, topic: string, t: Translator): AdaptiveCard {
  const banner = container(
    [
      text(say(t, 'card.preview.explain'), { spacing: 'none' }),
      buttons([
        execute('publish-article', t('card.editor.publish'), { topic }, { style: 'positive' }),
        execute('edit-article', t('card.form.back'), { topic }),
      ]),
    ],
    { style: 'accent' },
  );
  return alertCard(view, t, [banner]);
}
