import type { AlertSlots } from '../../domain/alert.ts';
import type { SpokenDirection } from '../../domain/diagnosis.ts';
import type { FailureNature } from '../../domain/failure.ts';
import type { TopicId } from '../../domain/ids.ts';
import { spokenDirection } from './direction-of-code.ts';
import type { Explanation } from './explain.ts';
import type { Fitted } from './fit-candidate.ts';
import type { Fragment } from './fragment.ts';
import type { MarkedText } from './marked-text.ts';
import type { Pattern } from './pattern.ts';
import { RECEIVING, SENDING } from './pattern-draft.ts';
import type { Rivalry } from './rivals.ts';
import { slotsOf } from './slot-value.ts';

/** What a wording says, whoever's it is. */
export interface Reading {
  readonly topic: TopicId;
  /** 0 to 1; calibrated elsewhere. */
  readonly fit: number;
  readonly slots: AlertSlots;
  readonly direction: SpokenDirection | null;
  readonly nature: FailureNature | null;
}

/** A region of the text that a template or decoy explains: tokens [from, to). */
export interface FoundAlert extends Reading {
  readonly lang: string;
  /** An alert that no article documents, for all that there is to see. */
  readonly decoy: boolean;
  /** The code whose published message the wording is; null for an alert's. */
  readonly code: string | null;
  /** Other topics that explain what is there as well, best first: then the person is asked. */
  readonly rivals: readonly Reading[];
  /** How much more it explains than the best other topic does, in weight of words. */
  readonly margin: number;
  readonly from: number;
  readonly to: number;
}

export function foundAlert(
  best: Fitted,
  { rivals, undocumented, margin }: Rivalry,
  text: MarkedText,
  source: string,
): FoundAlert {
  const { explanation } = best;
  const { lang, decoy, code } = explanation.alignment.pattern;
  return {
    ...readingOf(best, text, source),
    lang,
    decoy: decoy || (undocumented && rivals.length === 0),
    code,
    rivals: rivals.map((rival) => readingOf(rival, text, source)),
    margin,
    from: explanation.from,
    to: explanation.to,
  };
}

/** The least fit of what is some wording's word for word, however little is left of that. */
const WORD_FOR_WORD = 0.8;
const NO_RIVAL = 3;

export function foundFragment(fragment: Fragment, text: MarkedText, source: string): FoundAlert {
  const { from, to, undocumented } = fragment;
  const topics = fragment.topics.map((topic) => ({
    ...topic,
    fit: Math.max(topic.fit, WORD_FOR_WORD),
  }));
  const [best, ...rivals] = topics as [Fitted, ...Fitted[]];
  const margin = rivals.length === 0 ? NO_RIVAL : 0;
  return { ...foundAlert(best, { rivals, undocumented, margin }, text, source), from, to };
}

function readingOf({ explanation, fit }: Fitted, text: MarkedText, source: string): Reading {
  const { pattern } = explanation.alignment;
  return {
    topic: pattern.topic,
    fit,
    slots: slotsOf(explanation, text, source),
    direction: directionOf(pattern, explanation.direction),
    nature: natureOf(explanation),
  };
}

/** The tail tells (domain.md §1.1); where it is cut off, what the topic usually is. */
function natureOf({ alignment: { pattern, anchors } }: Explanation): FailureNature | null {
  if (pattern.nature === null) return null;
  const told = anchors.some(({ position }) => pattern.telling.has(pattern.words[position] ?? -1));
  return told ? pattern.nature : pattern.usualNature;
}

/** The verbs in the text; where the wording has no choice, the direction it always speaks of. */
function directionOf(pattern: Pattern, bits: number): SpokenDirection | null {
  if (bits === (SENDING | RECEIVING)) return 'both';
  if (bits === SENDING) return 'send';
  if (bits === RECEIVING) return 'receive';
  const { directions } = pattern;
  return directions.length === 1 ? spokenDirection(new Set(directions)) : null;
}
