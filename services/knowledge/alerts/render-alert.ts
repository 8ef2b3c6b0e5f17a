import type { AlertTemplate } from '../../domain/article.ts';
import type { AlertRendering } from '../knowledge.ts';
import { segmentsOf } from './template-segments.ts';

/**
 * Fills in the article's wording for this language, generation and direction. The wording that
 * has the most of the given slots is taken: one with slots for names says more than one without.
 */
export function renderAlert(rendering: AlertRendering): string | null {
  const given = new Set(Object.keys(rendering.slots));
  let best: AlertTemplate | null = null;
  let bestFit = Number.NEGATIVE_INFINITY;
  for (const template of rendering.article.templates) {
    if (!speaksOf(template, rendering)) continue;
    const slots = new Set(
      segmentsOf(template.text).flatMap((segment) =>
        segment.kind === 'slot' ? [segment.slot] : [],
      ),
    );
    let fit = 0;
    for (const slot of slots) fit += slot !== null && given.has(slot) ? 1 : -10;
    if (fit > bestFit) {
      best = template;
      bestFit = fit;
    }
  }
  if (!best || bestFit < 0) return null;
  return segmentsOf(best.text)
    .map((segment) => {
      if (segment.kind === 'words') return segment.text;
      if (segment.kind === 'slot') return (segment.slot && rendering.slots[segment.slot]) ?? '';
      return segment[spokenAs(rendering.direction)] ?? `${segment.send}/${segment.receive}`;
    })
    .join('');
}

function speaksOf(template: AlertTemplate, rendering: AlertRendering): boolean {
  const { lang, generation, direction } = rendering;
  if (template.lang !== lang || template.generation !== generation) return false;
  if (direction !== 'both') return template.directions.includes(direction);
  return template.directions.includes('incoming') && template.directions.includes('outgoing');
}

/** A wording with a choice that also speaks of appointments has no verb for them. */
function spokenAs(direction: AlertRendering['direction']): 'send' | 'receive' | 'both' {
  if (direction === 'outgoing') return 'send';
  return direction === 'incoming' ? 'receive' : 'both';
}
