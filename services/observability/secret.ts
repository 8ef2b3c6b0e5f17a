import { inspect } from 'node:util';

const SHOWN = '[secret]';

/** A value that prints as `[secret]` in logs, JSON, errors and templates; `reveal` is easy to search for. */
export interface Secret {
  reveal(): string;
}

export function secretOf(value: string): Secret {
  return {
    reveal: () => value,
    toString: () => SHOWN,
    toJSON: () => SHOWN,
    [inspect.custom]: () => SHOWN,
  } as Secret;
}
