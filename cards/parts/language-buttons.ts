import { LANGUAGES, type Language } from '../../services/domain/language.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { ActionSet } from '../card.ts';
import { buttons } from '../elements.ts';

/** Every language but the one in use, each called what its speakers call it. */
export function languageButtons(chosen: Language | null, t: Translator): ActionSet | null {
  return buttons(
    LANGUAGES.filter((language) => language !== (chosen ?? t.language)).map((language) =>
      execute('set-language', t(`card.language.${language}`), { language }),
    ),
  );
}
