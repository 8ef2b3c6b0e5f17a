/** What kind of trouble an error is; decides what a person is advised to do. */
export type ErrorKind =
  | 'misconfigured'
  | 'refused'
  | 'unreachable'
  | 'conflict'
  | 'invalid'
  | 'internal';

/**
 * Every error that the product throws. The user-visible texts are `error.<code>.title` and
 * `error.<code>.advice` in data/locales; the parity test fails when one is missing.
 */
export const errorCatalogue = {
  'config-invalid': { kind: 'misconfigured' },
  'knowledge-invalid': { kind: 'misconfigured' },
  'locales-invalid': { kind: 'misconfigured' },
  'registry-invalid': { kind: 'misconfigured' },
  'directory-invalid': { kind: 'misconfigured' },
  'directory-unavailable': { kind: 'unreachable' },
  'data-directory-locked': { kind: 'conflict' },
  'store-corrupt': { kind: 'internal' },
  'store-too-new': { kind: 'misconfigured' },
  'store-write-failed': { kind: 'internal' },
  'store-closed': { kind: 'internal' },
  'record-invalid': { kind: 'internal' },
  'engine-unavailable': { kind: 'unreachable' },
  'engine-version': { kind: 'conflict' },
  'engine-in-use': { kind: 'conflict' },
  'dynamics-unreachable': { kind: 'unreachable' },
  'dynamics-sign-in-refused': { kind: 'misconfigured' },
  'dynamics-not-permitted': { kind: 'misconfigured' },
  'dynamics-busy': { kind: 'unreachable' },
  'dynamics-unexpected': { kind: 'internal' },
  'entra-unreachable': { kind: 'unreachable' },
  'entra-refused': { kind: 'misconfigured' },
  'dynamics-person-refused': { kind: 'refused' },
  'sign-in-not-set-up': { kind: 'misconfigured' },
  'sign-in-unavailable': { kind: 'unreachable' },
  'sign-in-ended': { kind: 'refused' },
  'channel-refused': { kind: 'refused' },
  'channel-unreachable': { kind: 'unreachable' },
  'port-in-use': { kind: 'conflict' },
  'attachment-unreadable': { kind: 'invalid' },
  'turn-failed': { kind: 'internal' },
  unexpected: { kind: 'internal' },
} as const satisfies Record<string, { readonly kind: ErrorKind }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** The only class that product code throws. `detail` is for operators and holds no secret. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly detail: string;

  constructor(code: ErrorCode, detail: string, options?: { readonly cause?: unknown }) {
    super(`${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }

  get kind(): ErrorKind {
    return errorCatalogue[this.code].kind;
  }
}

/** Wraps what a library threw, so that everything above sees one class. */
export function asAppError(thrown: unknown, code: ErrorCode = 'unexpected'): AppError {
  if (thrown instanceof AppError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError(code, detail, { cause: thrown });
}
