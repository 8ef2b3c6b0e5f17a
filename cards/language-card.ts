import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import type { LanguageView } from './views.ts';

export function languageCard(_view: LanguageView, t: Translator): AdaptiveCard {
  return compose(t, { summary: t('card.back'), body: [] });
}
