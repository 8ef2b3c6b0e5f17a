import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { tidy } from './text.ts';

export interface CardContent {
  /** One sentence that says what the card says: notification, screen reader, and what old clients show. */
  readonly summary: string;
  readonly body: readonly (CardElement | null)[];
}

/** The frame of every card. */
export function compose(t: Translator, { summary, body }: CardContent): AdaptiveCard {
  // `speak` may be read as SSML: no tag of somebody's making.
  const spoken = tidy(summary, 400).replaceAll('<', '‹').replaceAll('>', '›');
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: t.language,
    fallbackText: spoken,
    speak: spoken,
    body: body.filter((element) => element !== null),
    msteams: { width: 'Full' },
  };
}

/** For `activity.summary`: the text of the notification. */
export function cardSummary(card: AdaptiveCard): string {
  return card.speak;
}
