/** Something on a card that Teams would drop, reject or show wrongly. */
export interface CardProblem {
  /** E.g. `body[3].items[0].text`. */
  readonly path: string;
  readonly what: string;
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
