const GRAM = 3;
/** Placeholders of redaction say nothing about what was asked. */
const PLACEHOLDERS = /<[a-z]+>/gu;

/** The three-letter pieces of a text's words: alike for inflected and misspelt forms. */
export function gramsOf(text: string): ReadonlySet<string> {
  const grams = new Set<string>();
  const words =
    text
      .toLocaleLowerCase()
      .replace(PLACEHOLDERS, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words) {
    const bounded = ` ${word} `;
    for (let at = 0; at + GRAM <= bounded.length; at++) grams.add(bounded.slice(at, at + GRAM));
  }
  return grams;
}

/** 0 to 1: the share of pieces that both have (Jaccard). */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [fewer, more] = one.size <= other.size ? [one, other] : [other, one];
  if (fewer.size === 0) return 0;
  let shared = 0;
  for (const gram of fewer) if (more.has(gram)) shared++;
  return shared / (one.size + other.size - shared);
}
