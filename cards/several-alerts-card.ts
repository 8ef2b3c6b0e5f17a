import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import type { SeveralAlertsView } from './views.ts';

export function severalAlertsCard(_view: SeveralAlertsView, t: Translator): AdaptiveCard {
  return compose(t, { summary: t('card.back'), body: [] });
}
