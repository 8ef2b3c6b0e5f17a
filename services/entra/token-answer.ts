import { AppError } from '../observability/index.ts';

/** What the token endpoints of Entra and AD FS answer. */
export interface TokenAnswer {
  readonly access_token?: unknown;
  readonly expires_in?: unknown;
  readonly error?: unknown;
  readonly error_codes?: unknown;
  readonly error_description?: unknown;
}

const MOST_BYTES = 256 * 1024;

export function jsonIn(text: string): TokenAnswer {
  try {
    const value: unknown = text.length > MOST_BYTES ? null : JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  throw new AppError('entra-unreachable', 'an answer that is no token service’s');
}

/**
 * Codes of Entra (`AADSTS7000222`: the secret has expired) and of AD FS (`MSIS9659`); never their words,
 * which name people and ids.
 */
export function refusalIn(
  status: number,
  { error, error_codes, error_description: words }: TokenAnswer,
): AppError {
  const numbers = Array.isArray(error_codes) ? (error_codes as unknown[]) : [];
  const codes = [
    ...(typeof error === 'string' ? [error.slice(0, 60)] : []),
    ...numbers.filter((each) => typeof each === 'number').map((each) => `AADSTS${each}`),
    ...(typeof words === 'string' ? (/\bMSIS\d{1,8}/.exec(words) ?? []) : []),
  ];
  const isPassing = status === 429 || status >= 500;
  return new AppError(
    isPassing ? 'entra-unreachable' : 'entra-refused',
    [status, ...codes].join(' '),
  );
}
