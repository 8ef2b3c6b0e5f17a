import type { SlotName } from '../../services/domain/alert.ts';
import type { AlertTemplate, Article } from '../../services/domain/article.ts';
import type { SpokenDirection } from '../../services/domain/diagnosis.ts';
import type { Direction } from '../../services/domain/mailbox.ts';
import { type Passage, type Piece, value, words } from './passage.ts';

export type Names = Readonly<Record<SlotName, string>>;

/** One wording of an article that can be filled with names. */
export interface Wording {
  readonly topic: string;
  readonly lang: string;
  /** `decoy` for one that looks like the article's and is not. */
  readonly kind: 'template' | 'decoy' | 'code-message';
  readonly generation: AlertTemplate['generation'] | null;
  readonly template: string;
  readonly direction: Direction | 'both';
  /** What the words say of the direction; null where they say nothing. */
  readonly spoken: SpokenDirection | null;
}

/** Every template x direction of the articles, and their decoys. */
export function wordingsOf(articles: readonly Article[]): readonly Wording[] {
  return articles.flatMap((article) => [
    ...article.templates.flatMap((template) => templateWordings(article, template)),
    ...article.decoys.flatMap(({ lang, text }) =>
      (['outgoing', 'incoming'] as const).map((direction): Wording => {
        const rest = { generation: null, template: text, direction, spoken: null };
        return { topic: article.id, lang, kind: 'decoy', ...rest };
      }),
    ),
  ]);
}

function templateWordings(article: Article, template: AlertTemplate): readonly Wording[] {
  const { lang, generation, text, directions } = template;
  const twoWays = directions.includes('incoming') && directions.includes('outgoing');
  const wanted: readonly (Direction | 'both')[] = twoWays ? [...directions, 'both'] : directions;
  return wanted.map((direction): Wording => {
    const spoken = spokenDirection(template, direction);
    const rest = { generation, template: text, direction, spoken };
    return { topic: article.id, lang, kind: 'template', ...rest };
  });
}

function spokenDirection(
  { text, directions }: AlertTemplate,
  direction: Direction | 'both',
): SpokenDirection | null {
  const choice = /\[[^\]]*\|/.test(text);
  if (!choice && directions.length > 1) return null;
  if (direction === 'both') return 'both';
  if (direction === 'act') return choice ? null : 'act';
  return direction === 'outgoing' ? 'send' : 'receive';
}

/** The wording with these names in it. */
export function filled(wording: Wording, names: Names): Passage {
  return piecesOf(wording.template, wording.direction).map((piece): Piece => {
    if ('slot' in piece)
      return value(piece.slot, names[piece.slot === 'anything' ? 'profile' : piece.slot]);
    return words(piece.text);
  });
}

export type TemplatePiece = { readonly text: string } | { readonly slot: SlotName | 'anything' };

/** Reads the notation of domain/article.ts once more, on purpose: the truth must not lean on the matcher. */
export function piecesOf(template: string, direction: Direction | 'both'): TemplatePiece[] {
  return template
    .split(/(\{[^{}]*\}|\[[^[\]]*\])/)
    .filter((part) => part !== '')
    .map((part): TemplatePiece => {
      if (part.startsWith('{')) {
        const name = part.slice(1, -1);
        return { slot: name === '*' ? 'anything' : (name as SlotName) };
      }
      if (!part.startsWith('[')) return { text: part };
      const [sending = '', receiving = '', both = `${sending}/${receiving}`] = part
        .slice(1, -1)
        .split('|');
      if (direction === 'outgoing') return { text: sending };
      return { text: direction === 'incoming' ? receiving : both };
    });
}
