import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import type { AlertView } from './views.ts';

export function alertCard(_view: AlertView, t: Translator): AdaptiveCard {
  return compose(t, { summary: t('card.back'), body: [] });
}
