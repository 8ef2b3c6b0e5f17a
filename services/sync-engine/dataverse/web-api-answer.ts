import { AppError } from '../../observability/index.ts';
import type { Row } from './web-api.ts';
import type { ApiAnswer } from './web-api-transport.ts';

export interface DataverseError {
  readonly code: string;
  readonly message: string;
}

const UNKNOWN_SEGMENT = '0x8006088a';

/** Empty where something in between answered in Dataverse's place. */
export function errorIn({ text }: Pick<ApiAnswer, 'text'>): DataverseError {
  const error = (jsonIn(text) as { readonly error?: unknown } | null | undefined)?.error;
  const { code, message } = (error ?? {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : '',
  };
}

/** The row is not there, as opposed to an address that leads nowhere. */
export function isMissingRow(answer: Pick<ApiAnswer, 'status' | 'text'>): boolean {
  if (answer.status !== 404) return false;
  const { code } = errorIn(answer);
  return code !== '' && code.toLowerCase() !== UNKNOWN_SEGMENT;
}

export function rowIn(answer: Pick<ApiAnswer, 'text'>): Row {
  const value = jsonIn(answer.text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  throw new AppError('dynamics-unexpected', 'an answer that is no JSON object');
}

export function rowsIn(page: Row): readonly Row[] {
  const { value } = page;
  if (Array.isArray(value)) return value as Row[];
  throw new AppError('dynamics-unexpected', 'a page without rows');
}

/**
 * The error of a reading that did not succeed. The detail names status, code and privileges: what
 * else the message says may quote a filter, with addresses in it.
 */
export function readingRefused(what: string, answer: Pick<ApiAnswer, 'status' | 'text'>): AppError {
  const { code, message } = errorIn(answer);
  const detail = `${what}: ${answer.status} ${code}`.trimEnd();
  if (answer.status === 403) {
    const privilege = /\bprv\w+/.exec(message)?.[0];
    const missing = privilege === undefined ? '' : `, ${privilege} is missing`;
    return new AppError('dynamics-not-permitted', detail + missing);
  }
  if (answer.status >= 500 && answer.status !== 501) {
    return new AppError('dynamics-unreachable', detail);
  }
  return new AppError('dynamics-unexpected', detail);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
