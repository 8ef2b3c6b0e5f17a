import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, code, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import type { SignInMissingView } from './views.ts';

/** Dynamics 365 wants to know who acts, and there is no way to say so; administrators read what is missing. */
export function signInMissingCard({ setting }: SignInMissingView, t: Translator): AdaptiveCard {
  return fitCard(() =>
    compose(t, {
      summary: t('error.sign-in-not-set-up.title'),
      body: [
        title(say(t, 'error.sign-in-not-set-up.title')),
        text(say(t, 'error.sign-in-not-set-up.advice'), { spacing: 'small' }),
        ...(setting === null
          ? []
          : [
              text(say(t, 'sign-in.missing-setting'), { spacing: 'medium' }),
              code(setting, 'PlainText'),
            ]),
        small(say(t, 'card.denied.unchanged'), { spacing: 'medium' }),
        buttons([execute('help', t('card.button.help'), {})]),
      ],
    }),
  );
}
