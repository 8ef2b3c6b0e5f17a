import type bot from '../../data/locales/en/bot.json' with { type: 'json' };
import type cards from '../../data/locales/en/cards.json' with { type: 'json' };
import type errors from '../../data/locales/en/errors.json' with { type: 'json' };

/** English files define which texts exist; every other language must have exactly the same keys. */
export const LOCALE_FILES = ['bot', 'cards', 'errors'] as const;

export type TextKey = keyof typeof bot | keyof typeof cards | keyof typeof errors;
