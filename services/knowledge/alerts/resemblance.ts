import { mayBe } from '../text/lost-letters.ts';
import { editDistance } from './edit-distance.ts';

/**
 * Whether a token may be a damaged or inflected form of the word that the template has in its place.
 * Far more lenient than the vocabulary, because the place already speaks for it.
 */
export function resembles(token: string, word: string): boolean {
  if (token === word || mayBe(token, word)) return true;
  const longer = Math.max(token.length, word.length);
  if (longer < 3) return false;
  const allowed = longer <= 4 ? 1 : longer <= 7 ? 2 : Math.floor(longer * 0.4);
  if (editDistance(token, word, allowed) <= allowed) return true;
  return isFragment(token, word) || isFragment(word, token);
}

/** The rest of a word that was cut at its start or its end. */
export function isFragment(part: string, whole: string): boolean {
  return (
    part.length >= 3 &&
    part.length < whole.length &&
    (whole.startsWith(part) || whole.endsWith(part))
  );
}
