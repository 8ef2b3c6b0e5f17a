import { languageCard } from '../../../cards/index.ts';
import type { Language } from '../../../services/domain/language.ts';
import { setLanguage } from '../actions/set-language.ts';
import type { BotServices } from '../bot-services.ts';
import { replyWith } from '../reply-with.ts';
import type { Turn } from '../turn.ts';

/** Names of languages as people write them in either language. */
const NAMES: Readonly<Record<string, Language>> = {
  sv: 'sv',
  svenska: 'sv',
  swedish: 'sv',
  en: 'en',
  engelska: 'en',
  english: 'en',
};

export async function language(turn: Turn, wanted: string, services: BotServices): Promise<void> {
  const chosen = NAMES[wanted.toLowerCase()];
  if (chosen === undefined) {
    await turn.reply(languageCard({ chosen: null }, turn.t));
    return;
  }
  await replyWith(turn, await setLanguage(turn, { language: chosen }, services));
}
