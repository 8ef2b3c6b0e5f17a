import type { Translator } from '../services/i18n/index.ts';
import { execute, FIELD_PREFIX } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import type { ChangeFormView } from './change-views.ts';
import { compose } from './compose.ts';
import { buttons, joined, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { troubleBox } from './parts/change-trouble.ts';
import { topicButton } from './parts/mailbox-buttons.ts';
import { partText } from './parts/server-text.ts';
import { tidy } from './text.ts';

const LONGEST_URL = 2_084;
const LONGEST_HOST = 253;
const LONGEST_PORT = 5;

/** Where the server is and how it is spoken to, to be typed; the next card shows what would change. */
export function changeFormCard(view: ChangeFormView, t: Translator): AdaptiveCard {
  const { mailbox, profile, part, trouble } = view;
  const heading = { profile: profile.name };
  const mailboxId = mailbox.mailbox.id;
  return fitCard(() =>
    compose(t, {
      summary: t('card.change.form', heading),
      body: [
        title(say(t, 'card.change.form', heading)),
        small(
          joined([
            say(t, `card.profile.${part}`),
            joined([say(t, 'card.change.now'), partText(profile, part, t)], ' '),
          ]),
        ),
        text(say(t, `card.change.explain-${part === 'location' ? part : 'endpoint'}`), {
          spacing: 'small',
        }),
        trouble === null ? null : troubleBox(trouble, t),
        ...(part === 'location' ? [urlInput(view, t)] : endpointInputs(view, t)),
        buttons([
          execute(
            'preview-profile',
            t('card.change.preview'),
            { mailboxId, part },
            { style: 'positive' },
          ),
          trouble === null
            ? null
            : topicButton(trouble.article.topic, t('card.button.show-article'), mailboxId),
          execute('show-profile', t('card.change.cancel'), { mailboxId }),
        ]),
      ],
    }),
  );
}

function urlInput({ typed }: ChangeFormView, t: Translator): CardElement {
  return {
    type: 'Input.Text',
    id: `${FIELD_PREFIX}url`,
    label: t('card.change.url'),
    placeholder: 'https://mail.contoso.com/EWS/Exchange.asmx',
    ...valueOf(typed.url, LONGEST_URL),
    maxLength: LONGEST_URL,
    errorMessage: t('card.change.malformed'),
  };
}

function endpointInputs(
  { typed, choices, chosen }: ChangeFormView,
  t: Translator,
): readonly CardElement[] {
  return [
    {
      type: 'Input.Text',
      id: `${FIELD_PREFIX}host`,
      label: t('card.change.host'),
      ...valueOf(typed.host, LONGEST_HOST),
      maxLength: LONGEST_HOST,
      errorMessage: t('card.change.malformed'),
    },
    {
      type: 'Input.ChoiceSet',
      id: `${FIELD_PREFIX}usual`,
      label: t('card.change.usual'),
      choices: choices.map(({ port, tls }) => ({
        title: t('card.change.port-and-tls', { port: String(port), tls: t(`card.tls.${tls}`) }),
        value: `${port} ${tls}`,
      })),
      style: 'expanded',
      value: chosen,
      errorMessage: t('card.change.malformed'),
    },
    {
      type: 'Input.Text',
      id: `${FIELD_PREFIX}port`,
      label: t('card.change.other-port'),
      ...valueOf(typed.port, LONGEST_PORT),
      maxLength: LONGEST_PORT,
      errorMessage: t('card.change.malformed'),
    },
  ];
}

/** As it was typed, but for what nobody can see. */
function valueOf(typed: string, longest: number): { readonly value?: string } {
  const value = tidy(typed, longest);
  return value === '' ? {} : { value };
}
