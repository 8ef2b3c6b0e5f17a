import type { SlotName } from '../../domain/alert.ts';
import { ANYTHING } from '../template-grammar.ts';

/** A template in pieces; the slot `{*}` has no name. A choice by direction names sending first (domain/article.ts). */
export type TemplateSegment =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: SlotName | null }
  | {
      readonly kind: 'choice';
      readonly send: string;
      readonly receive: string;
      readonly both: string | null;
    };

/** load-articles.ts has checked the notation; what it would refuse is read as plain words here. */
export function segmentsOf(template: string): readonly TemplateSegment[] {
  const segments: TemplateSegment[] = [];
  let words = '';
  let index = 0;
  while (index < template.length) {
    const sign = template[index];
    const close = sign === '{' ? '}' : sign === '[' ? ']' : null;
    const end = close === null ? -1 : template.indexOf(close, index);
    if (end < 0) {
      words += sign ?? '';
      index++;
      continue;
    }
    if (words !== '') segments.push({ kind: 'words', text: words });
    words = '';
    segments.push(special(template.slice(index + 1, end), sign === '{'));
    index = end + 1;
  }
  if (words !== '') segments.push({ kind: 'words', text: words });
  return segments;
}

function special(inside: string, isSlot: boolean): TemplateSegment {
  if (isSlot) return { kind: 'slot', slot: inside === ANYTHING ? null : (inside as SlotName) };
  const [send = '', receive = '', both = null] = inside.split('|');
  return { kind: 'choice', send, receive, both };
}
