/** What people write where they have left something out. */
const OMISSION = /\[(?:snip|cut|klipp|klippt|avklippt|utelämnat|truncated)\]/iy;
/** Where a link of Markdown goes. */
const ADDRESS = /\]\(https?:[^\s()]*\)/iy;

/** The index behind an omission that is told in words, or 0. */
export function endOfOmission(text: string, index: number): number {
  OMISSION.lastIndex = index;
  return OMISSION.test(text) ? OMISSION.lastIndex : 0;
}

/** The index behind the bracket, and behind the address of a link: nobody reads that. */
export function endOfAddress(text: string, index: number): number {
  ADDRESS.lastIndex = index;
  return ADDRESS.test(text) ? ADDRESS.lastIndex : index + 1;
}
