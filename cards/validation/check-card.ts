import type { CardProblem, JsonObject } from './card-problem.ts';
import { withElementFallbacks, withEveryFallback } from './fallbacks.ts';
import { houseProblems } from './house-rules.ts';
import { sdkProblems } from './sdk.ts';

/** Teams refuses a message above this. */
const MESSAGE_LIMIT_BYTES = 28 * 1_024;

/**
 * Everything that is wrong with a card as it would be sent; empty when nothing is. The SDK reads it
 * twice: as a host of the standard draws it, and with every fallback in place.
 */
export function checkCard(card: object): readonly CardProblem[] {
  const text = JSON.stringify(card);
  const json = JSON.parse(text) as JsonObject;
  const bytes = Buffer.byteLength(text);
  const size =
    bytes > MESSAGE_LIMIT_BYTES ? [{ path: '', what: `${bytes} bytes: Teams takes 28 KB` }] : [];
  return [
    ...size,
    ...houseProblems(json),
    ...sdkProblems(withElementFallbacks(json)),
    ...sdkProblems(withEveryFallback(json)).map(({ path, what }) => ({
      path: `with fallbacks: ${path}`,
      what,
    })),
  ];
}
