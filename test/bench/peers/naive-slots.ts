import type { AlertSlots, SlotName } from '../../../services/domain/alert.ts';
import type { Article } from '../../../services/domain/article.ts';
import { piecesOf } from '../../generated/renderings.ts';

interface SlotPattern {
  readonly pattern: RegExp;
  readonly slots: readonly (SlotName | 'anything')[];
}

/** Slots as whoever has only a search engine would take them: a regular expression for each wording. */
export function naiveSlots(
  articles: readonly Article[],
): (topic: string, text: string) => AlertSlots {
  const patterns = new Map<string, SlotPattern[]>(
    articles.map(({ id, templates }) => [id, templates.map(({ text }) => patternOf(text))]),
  );
  return (topic, text) => {
    for (const { pattern, slots } of patterns.get(topic) ?? []) {
      const found = pattern.exec(text);
      if (!found) continue;
      const values: Partial<Record<SlotName, string>> = {};
      slots.forEach((slot, index) => {
        if (slot !== 'anything') values[slot] ??= found[index + 1] ?? '';
      });
      return values;
    }
    return {};
  };
}

function patternOf(template: string): SlotPattern {
  const directions = (['outgoing', 'incoming', 'both'] as const).map((direction) =>
    piecesOf(template, direction),
  );
  const slots: (SlotName | 'anything')[] = [];
  const source = (directions[0] ?? []).map((piece, index) => {
    if ('slot' in piece) {
      slots.push(piece.slot);
      return '(.{1,120}?)';
    }
    const texts = directions.map((pieces) => {
      const other = pieces[index];
      return other && 'text' in other ? quoted(other.text) : '';
    });
    return `(?:${[...new Set(texts)].join('|')})`;
  });
  return { pattern: new RegExp(source.join(''), 'iu'), slots };
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+');
}
