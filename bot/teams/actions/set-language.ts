import { languageCard } from '../../../cards/index.ts';
import type { Language } from '../../../services/domain/language.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, plainAnswer } from './action.ts';

export async function setLanguage(
  asker: Asker,
  { language }: { readonly language: Language },
  { store, texts }: BotServices,
): Promise<ActionAnswer> {
  const { id } = asker.person;
  await store.transact(async (transaction) => {
    const before = await transaction.get('preferences', id);
    await transaction.put('preferences', {
      clientLanguage: null,
      timeZone: null,
      ...before,
      id,
      language,
    });
  });
  const t = texts.translatorFor(language, asker.t.timeZone);
  return plainAnswer(languageCard({ chosen: language }, t));
}
