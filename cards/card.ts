import type { Language } from '../services/domain/language.ts';
import type { CardText } from './text.ts';

/**
 * The elements we use, as Adaptive Cards 1.5 and Teams spell them, without index signatures: a typing
 * error in a property name does not compile. https://adaptivecards.io/explorer
 */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  /** Universal actions want 1.4 or later; Teams documents 1.5. */
  readonly version: '1.5';
  readonly lang: Language;
  readonly fallbackText: string;
  readonly speak: string;
  readonly body: readonly CardElement[];
  readonly msteams: { readonly width: 'Full' };
}

export type Spacing = 'none' | 'small' | 'default' | 'medium' | 'large' | 'extraLarge';
export type ContainerStyle = 'default' | 'emphasis' | 'good' | 'attention' | 'warning' | 'accent';
type Color = 'default' | 'dark' | 'light' | 'accent' | 'good' | 'warning' | 'attention';

interface Element {
  readonly id?: string;
  readonly spacing?: Spacing;
  readonly separator?: boolean;
  readonly isVisible?: boolean;
}

export interface TextBlock extends Element {
  readonly type: 'TextBlock';
  readonly text: CardText;
  readonly wrap: true;
  readonly style?: 'heading';
  readonly size?: 'small' | 'default' | 'medium' | 'large' | 'extraLarge';
  readonly weight?: 'lighter' | 'default' | 'bolder';
  readonly color?: Color;
  readonly isSubtle?: boolean;
  readonly fontType?: 'monospace';
}

export interface Container extends Element {
  readonly type: 'Container';
  readonly items: readonly CardElement[];
  readonly style?: ContainerStyle;
  readonly bleed?: boolean;
  readonly selectAction?: SelectAction;
}

interface Column {
  readonly type: 'Column';
  readonly width: 'auto' | 'stretch';
  readonly items: readonly CardElement[];
  readonly verticalContentAlignment?: 'top' | 'center' | 'bottom';
  readonly spacing?: Spacing;
}

/** Never more than two columns: cards are read on narrow panes and on telephones. */
export interface ColumnSet extends Element {
  readonly type: 'ColumnSet';
  readonly columns: readonly [Column, Column];
  readonly selectAction?: SelectAction;
}

export interface FactSet extends Element {
  readonly type: 'FactSet';
  readonly facts: readonly { readonly title: CardText; readonly value: CardText }[];
}

export interface ActionSet extends Element {
  readonly type: 'ActionSet';
  readonly actions: readonly CardAction[];
}

interface InputText extends Element {
  readonly type: 'Input.Text';
  readonly id: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly isMultiline?: boolean;
  readonly maxLength: number;
  readonly isRequired?: boolean;
  readonly errorMessage: string;
}

interface InputChoiceSet extends Element {
  readonly type: 'Input.ChoiceSet';
  readonly id: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly style?: 'expanded';
  readonly wrap?: true;
  readonly isMultiSelect?: true;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly value?: string;
  readonly isRequired?: boolean;
  readonly errorMessage: string;
}

/** Beyond 1.5: Teams draws it with a copy button, everybody else the fallback. */
export interface CodeBlock extends Element {
  readonly type: 'CodeBlock';
  readonly codeSnippet: string;
  readonly language: 'PowerShell' | 'PlainText';
  readonly fallback: Container;
}

export type CardElement =
  | TextBlock
  | Container
  | ColumnSet
  | FactSet
  | ActionSet
  | InputText
  | InputChoiceSet
  | CodeBlock;

interface Action {
  readonly id?: string;
  readonly title: string;
  readonly style?: 'default' | 'positive' | 'destructive';
  /** `secondary` goes behind the "…" of the row. */
  readonly mode?: 'primary' | 'secondary';
}

interface SubmitAction extends Action {
  readonly type: 'Action.Submit';
  readonly data: { readonly mailboxMedic: { readonly verb: string; readonly data: object } };
  readonly associatedInputs: 'auto' | 'none';
  readonly msteams: { readonly feedback: { readonly hide: true } };
}

export interface ExecuteAction extends Action {
  readonly type: 'Action.Execute';
  readonly verb: string;
  readonly data: object;
  readonly associatedInputs: 'auto' | 'none';
  readonly fallback: SubmitAction;
}

interface OpenUrlAction extends Action {
  readonly type: 'Action.OpenUrl';
  readonly url: string;
}

interface ToggleVisibilityAction extends Action {
  readonly type: 'Action.ToggleVisibility';
  readonly targetElements: readonly string[];
}

interface ShowCardAction extends Action {
  readonly type: 'Action.ShowCard';
  readonly card: { readonly type: 'AdaptiveCard'; readonly body: readonly CardElement[] };
}

export type CardAction = ExecuteAction | OpenUrlAction | ToggleVisibilityAction | ShowCardAction;
/** What a tap on an element may do. */
export type SelectAction = ExecuteAction | OpenUrlAction | ToggleVisibilityAction;
