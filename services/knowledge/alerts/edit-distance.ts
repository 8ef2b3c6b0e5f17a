const LONGEST = 80;

/** Rows of the table, kept: distances are asked for thousands of times a text. */
let before = new Int32Array(LONGEST + 1);
let previous = new Int32Array(LONGEST + 1);
let row = new Int32Array(LONGEST + 1);

/**
 * Optimal string alignment: insertion, deletion, substitution and the swap of two neighbours each
 * cost 1 (Levenshtein counts a swap, the commonest slip of typing, as 2). More than `most` is `most + 1`.
 */
export function editDistance(a: string, b: string, most: number): number {
  const { length } = b;
  if (Math.abs(a.length - length) > most) return most + 1;
  if (length >= row.length) {
    before = new Int32Array(length + 1);
    previous = new Int32Array(length + 1);
    row = new Int32Array(length + 1);
  }
  for (let j = 0; j <= length; j++) previous[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const sign = a.charCodeAt(i - 1);
    row[0] = i;
    let least = i;
    for (let j = 1; j <= length; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = (previous[j - 1] ?? 0) + (sign === other ? 0 : 1);
      cost = Math.min(cost, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && sign === b.charCodeAt(j - 2) && other === a.charCodeAt(i - 2)) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, previous, row] = [previous, row, before];
  }
  return Math.min(previous[length] ?? most + 1, most + 1);
}
