import { isBeyondSdk } from './beyond-sdk.ts';
import { isObject, type Json, type JsonObject } from './card-problem.ts';

/** The card as a host draws it that knows the standard and nothing beyond. */
export function withElementFallbacks(card: JsonObject): JsonObject {
  return replaced(card, (element) => isBeyondSdk(element['type'])) as JsonObject;
}

/** The card with every fallback in the place of what it stands in for, buttons included. */
export function withEveryFallback(card: JsonObject): JsonObject {
  return replaced(card, (element) => element['fallback'] !== undefined) as JsonObject;
}

function replaced(value: Json, wanted: (element: JsonObject) => boolean): Json {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item) => replaced(item, wanted));
  }
  if (!isObject(value)) return value;
  const { fallback } = value;
  if (isObject(fallback) && wanted(value)) return replaced(fallback, wanted);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'data' ? inner : replaced(inner, wanted),
    ]),
  );
}
