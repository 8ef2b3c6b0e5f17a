import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import type { RequestSentView } from './views.ts';

export function requestSentCard(_view: RequestSentView, t: Translator): AdaptiveCard {
  return compose(t, { summary: t('card.back'), body: [] });
}
