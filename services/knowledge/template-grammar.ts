import type { SlotName } from '../domain/alert.ts';

const SLOT_NAMES = {
  mailbox: true,
  profile: true,
  subject: true,
  otherMailbox: true,
} as const satisfies Record<SlotName, true>;

/** A value that nothing is done with: `{*}`. */
export const ANYTHING = '*';

/** Something in an alert's wording that could neither be matched nor rendered. */
export interface GrammarFault {
  readonly what: string;
  readonly remedy: string;
}

/**
 * Checks the two notations of a template: `{slot}`, and `[sending|receiving|both]` with two or three
 * alternatives. Neither nests. One pass: a template is data, but data of strangers' making one day.
 */
export function grammarFaultsOf(template: string): readonly GrammarFault[] {
  const faults: GrammarFault[] = [];
  let open: { readonly sign: '{' | '['; readonly at: number } | null = null;
  for (let at = 0; at < template.length; at += 1) {
    const sign = template[at];
    if (sign === '{' || sign === '[') {
      if (open !== null) faults.push(unbalanced(open.sign, open.at));
      open = { sign, at };
    } else if (sign === '}' || sign === ']') {
      if (open === null || (open.sign === '{') !== (sign === '}')) {
        faults.push(unbalanced(sign, at));
      } else {
        const inside = template.slice(open.at + 1, at);
        const fault = sign === '}' ? slotFault(inside) : alternativesFault(inside);
        if (fault !== null) faults.push(fault);
      }
      open = null;
    }
  }
  if (open !== null) faults.push(unbalanced(open.sign, open.at));
  return faults;
}

function unbalanced(sign: string, at: number): GrammarFault {
  return {
    what: `'${sign}' at character ${at + 1} has no partner`,
    remedy: 'close every { with } and every [ with ], and put neither inside another',
  };
}

function slotFault(name: string): GrammarFault | null {
  if (name === ANYTHING || Object.hasOwn(SLOT_NAMES, name)) return null;
  return {
    what: `there is no slot {${name}}`,
    remedy: `use one of ${Object.keys(SLOT_NAMES)
      .map((slot) => `{${slot}}`)
      .join(', ')}`,
  };
}

function alternativesFault(inside: string): GrammarFault | null {
  const alternatives = inside.split('|');
  const complete = alternatives.every((alternative) => alternative.trim() !== '');
  if (complete && (alternatives.length === 2 || alternatives.length === 3)) return null;
  return {
    what: `[${inside}] is not a choice by direction`,
    remedy: 'write two or three alternatives, sending first: [sent|received|sent/received]',
  };
}
