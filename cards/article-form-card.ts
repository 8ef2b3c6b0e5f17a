import { LANGUAGES } from '../services/domain/language.ts';
import type { TextKey, Translator } from '../services/i18n/index.ts';
import { execute, FIELD_MAX_LENGTH, FIELD_PREFIX } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import type { ArticleFormView } from './editing-views.ts';
import { buttons, say, small, text, title } from './elements.ts';
import { CARD_BUDGET_BYTES, sizeOf } from './fit.ts';

/** One part of a draft as a form. Nothing is published by saving it. */
export function articleFormCard(view: ArticleFormView, t: Translator): AdaptiveCard {
  const { topic, part, fields } = view;
  const heading = { title: view.title, part: t(`card.editor.part.${part}`) };
  const draw = (inputs: readonly CardElement[], note: TextKey): AdaptiveCard =>
    compose(t, {
      summary: t('card.form.title', heading),
      body: [
        title(say(t, 'card.form.title', heading)),
        small(say(t, note)),
        ...(inputs.length === 0 ? [text(say(t, 'card.form.use-file'))] : inputs),
        buttons([
          inputs.length === 0
            ? null
            : execute('save-part', t('card.form.save'), { topic, part }, { style: 'positive' }),
          execute('edit-article', t('card.form.back'), { topic }),
        ]),
      ],
    });
  const inputs = fields.map(({ name, value }) => input(name, value, t));
  const card = draw(inputs, `card.form.explain.${part}`);
  // An input that is cut would lose what it does not show.
  const fits =
    sizeOf(card) <= CARD_BUDGET_BYTES &&
    fields.every(({ value }) => value.length <= FIELD_MAX_LENGTH);
  return fits ? card : draw([], 'card.form.too-long');
}

function input(name: string, value: string, t: Translator): CardElement {
  return {
    type: 'Input.Text',
    id: `${FIELD_PREFIX}${name}`,
    label: labelOf(name, t),
    ...(value === '' ? {} : { value }),
    isMultiline: true,
    maxLength: FIELD_MAX_LENGTH,
    errorMessage: t('card.form.field-too-long'),
  };
}

const LABELS: Readonly<Record<string, TextKey>> = {
  title: 'card.form.heading',
  meaning: 'card.form.meaning',
  cause: 'card.form.cause',
};

/** `step.0.sv` is "Step 1, Swedish". */
function labelOf(name: string, t: Translator): string {
  const [field = '', ...rest] = name.split('.');
  if (field === 'source') return t('card.form.source');
  const spoken = LANGUAGES.find((one) => one === rest.at(-1)) ?? t.language;
  const language = t(`card.form.language.${spoken}`);
  if (field === 'step') return t('card.form.step', { number: Number(rest[0]) + 1, language });
  return t('card.form.field', { field: t(LABELS[field] ?? 'card.form.questions'), language });
}
