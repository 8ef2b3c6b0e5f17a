import type { AlertTemplate, Article } from '../../services/domain/article.ts';
import type { SpokenDirection } from '../../services/domain/diagnosis.ts';
import type { Dice } from './dice.ts';
import { personOrBox, profileName, subjectLine } from './lists/names.ts';
import type { Piece } from './piece.ts';

export interface RenderedAlert {
  readonly topic: string;
  readonly lang: string;
  readonly pieces: readonly Piece[];
  readonly direction: SpokenDirection | null;
}

const NOTATION = /\{([^}]*)\}|\[([^\]]*)\]/g;
const BY_ALTERNATIVE = ['send', 'receive', 'both'] as const;

/** How many wordings one template stands for. */
export function alternativesOf(template: AlertTemplate): number {
  const choice = /\[([^\]]*)\]/.exec(template.text)?.[1];
  return choice === undefined ? 1 : choice.split('|').length;
}

/** The wording as pieces; `value` gives what a slot reads. */
export function piecesOf(
  template: string,
  alternative: number,
  value: (slot: string) => string,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of template.matchAll(NOTATION)) {
    const before = template.slice(at, found.index);
    const choice = found[2]?.split('|');
    const words = before + (choice === undefined ? '' : (choice[alternative] ?? choice[0] ?? ''));
    if (words !== '') pieces.push({ text: words });
    const slot = found[1];
    if (slot !== undefined)
      pieces.push({ text: value(slot), slot: slot as Piece['slot'] & string });
    at = found.index + found[0].length;
  }
  if (at < template.length) pieces.push({ text: template.slice(at) });
  return pieces;
}

function directionOf(template: AlertTemplate, alternative: number): SpokenDirection | null {
  if (alternativesOf(template) > 1) return BY_ALTERNATIVE[alternative] ?? null;
  const spoken = template.directions.join();
  if (spoken === 'act') return 'act';
  if (spoken === 'incoming') return 'receive';
  if (spoken === 'outgoing') return 'send';
  // The words name no direction, or all three: that is not looked at.
  return null;
}

/** Sooner the languages that people are answered in; the rest now and then. */
const ofReaders = (template: AlertTemplate): boolean =>
  template.lang === 'en' || template.lang === 'sv';

export function drawAlert(
  dice: Dice,
  articles: readonly Article[],
  wanted: (template: AlertTemplate) => boolean = () => true,
): RenderedAlert {
  const withWording = articles.filter(({ templates }) => templates.some(wanted));
  const inDocument = withWording.filter(({ catalogue }) => catalogue === 'document');
  const article = dice.pick(dice.chance(0.45) && inDocument.length > 0 ? inDocument : withWording);
  const usable = article.templates.filter(wanted);
  const common = usable.filter(ofReaders);
  const foreign = usable.filter((template) => !ofReaders(template));
  const rare = common.length === 0 || (foreign.length > 0 && dice.chance(0.15));
  const template = dice.pick(rare ? foreign : common);
  const alternative = dice.between(0, alternativesOf(template) - 1);
  const values: Record<string, string> = {
    mailbox: personOrBox(dice),
    otherMailbox: personOrBox(dice),
    profile: profileName(dice),
    subject: subjectLine(dice),
    '*': personOrBox(dice),
  };
  return {
    topic: article.id,
    lang: template.lang,
    pieces: piecesOf(template.text, alternative, (slot) => values[slot] ?? ''),
    direction: directionOf(template, alternative),
  };
}
