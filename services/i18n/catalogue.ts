import type bot from '../../data/locales/en/bot.json';
import type cards from '../../data/locales/en/cards.json';
import type changes from '../../data/locales/en/changes.json';
import type errors from '../../data/locales/en/errors.json';
import type guide from '../../data/locales/en/guide.json';
import type setUp from '../../data/locales/en/set-up.json';
import type signIn from '../../data/locales/en/sign-in.json';
import type support from '../../data/locales/en/support.json';

/** English files define which texts exist; every other language must have exactly the same keys. */
export const LOCALE_FILES = [
  'bot',
  'cards',
  'changes',
  'errors',
  'guide',
  'set-up',
  'sign-in',
  'support',
] as const;

export type TextKey =
  | keyof typeof bot
  | keyof typeof cards
  | keyof typeof changes
  | keyof typeof errors
  | keyof typeof guide
  | keyof typeof setUp
  | keyof typeof signIn
  | keyof typeof support;
