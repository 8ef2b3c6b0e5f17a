import type { TextKey, TextValues, Translator } from '../services/i18n/index.ts';
import type {
  ActionSet,
  CardAction,
  CardElement,
  CodeBlock,
  ColumnSet,
  Container,
  FactSet,
  SelectAction,
  Spacing,
  TextBlock,
} from './card.ts';
import { type CardText, markdown, plain } from './text.ts';

export type Elements = readonly (CardElement | null)[];

/** A sentence of ours with outside values in it: the values are escaped, the sentence is not. */
export function say(t: Translator, key: TextKey, values: TextValues = {}): CardText {
  const escaped = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? plain(value) : value,
  ]);
  return markdown(t(key, Object.fromEntries(escaped) as TextValues));
}

/** Markdown around, or between, texts that are safe already. */
export function joined(texts: readonly (CardText | null)[], separator = ' · '): CardText {
  return texts.filter((text) => text !== null && text !== '').join(separator) as CardText;
}

export function bold(text: CardText): CardText {
  return `**${text}**` as CardText;
}

type Look = Omit<TextBlock, 'type' | 'text' | 'wrap'>;

export function text(content: CardText, look: Look = {}): TextBlock {
  return { type: 'TextBlock', text: content, wrap: true, ...look };
}

export function title(content: CardText, spacing: Spacing = 'none'): TextBlock {
  return text(content, { style: 'heading', size: 'large', weight: 'bolder', spacing });
}

/** A heading inside the card. */
export function section(content: CardText): TextBlock {
  return text(content, { weight: 'bolder', spacing: 'medium', size: 'default' });
}

export function small(content: CardText, look: Look = {}): TextBlock {
  return text(content, { size: 'small', isSubtle: true, spacing: 'small', ...look });
}

export function container(
  items: Elements,
  look: Omit<Container, 'type' | 'items'> = {},
): Container {
  return { type: 'Container', items: items.filter((item) => item !== null), ...look };
}

/** Something short on the left (an icon, a number), the rest to its right. */
export function row(
  left: Elements,
  right: Elements,
  look: Omit<ColumnSet, 'type' | 'columns'> = {},
): ColumnSet {
  return {
    type: 'ColumnSet',
    spacing: 'small',
    ...look,
    columns: [
      { type: 'Column', width: 'auto', items: left.filter((item) => item !== null) },
      {
        type: 'Column',
        width: 'stretch',
        spacing: 'small',
        items: right.filter((item) => item !== null),
      },
    ],
  };
}

export type Fact = readonly [title: CardText, value: CardText];

export function facts(
  pairs: readonly (Fact | null)[],
  look: { spacing?: 'small' } = {},
): FactSet | null {
  const shown = pairs.filter((pair) => pair !== null);
  if (shown.length === 0) return null;
  return {
    type: 'FactSet',
    ...look,
    facts: shown.map(([name, value]) => ({ title: name, value })),
  };
}

export const MOST_ACTIONS = 6;
const MOST_PRIMARY = 4;

/** Points at what to do next; the selector keeps it a character where an emoji would be drawn. */
export const POINTER = '▶\ufe0e';

/** One row of buttons, most important first: four in sight, two more behind "…", never more than six. */
export function buttons(actions: readonly (CardAction | null)[]): ActionSet | null {
  const shown = actions.filter((action) => action !== null).slice(0, MOST_ACTIONS);
  if (shown.length === 0) return null;
  return {
    type: 'ActionSet',
    spacing: 'medium',
    actions: shown.map((action, index) => (index < MOST_PRIMARY ? action : secondary(action))),
  };
}

function secondary(action: CardAction): CardAction {
  if (action.type !== 'Action.Execute') return { ...action, mode: 'secondary' };
  return { ...action, mode: 'secondary', fallback: { ...action.fallback, mode: 'secondary' } };
}

/** A line that opens and closes what stands below it. Ids must be unique within the card. */
export function disclosure(
  id: string,
  labels: { readonly show: string; readonly hide: string },
  items: Elements,
  open = false,
): readonly CardElement[] {
  const toggle: SelectAction = {
    type: 'Action.ToggleVisibility',
    title: labels.show,
    targetElements: [`${id}-show`, `${id}-hide`, `${id}-items`],
  };
  const look = { color: 'accent', size: 'small', spacing: 'none' } as const;
  return [
    container(
      [
        text(markdown(`▸ ${labels.show}`), { ...look, id: `${id}-show`, isVisible: !open }),
        text(markdown(`▾ ${labels.hide}`), { ...look, id: `${id}-hide`, isVisible: open }),
      ],
      { spacing: 'small', selectAction: toggle },
    ),
    container(items, { id: `${id}-items`, isVisible: open, spacing: 'small' }),
  ];
}

/** Code with Teams' copy button; elsewhere one monospaced line after the other. */
export function code(snippet: string, language: CodeBlock['language']): CodeBlock {
  const lines = snippet
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
  return {
    type: 'CodeBlock',
    codeSnippet: snippet.trimEnd(),
    language,
    fallback: container(
      lines.flatMap((line, index) =>
        line.trim() === ''
          ? []
          : [
              text(plain(indented(line), 400), {
                fontType: 'monospace',
                size: 'small',
                spacing: lines[index - 1]?.trim() === '' ? 'small' : 'none',
              }),
            ],
      ),
      { style: 'emphasis' },
    ),
  };
}

function indented(line: string): string {
  const depth = line.length - line.trimStart().length;
  return '\u00a0'.repeat(depth) + line.trim();
}
