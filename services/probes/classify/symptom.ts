import type { Stage } from '../../domain/failure.ts';
import type { Protocol, TlsMode } from '../../domain/profile.ts';

/** A test speaks of the mailbox; a message that is sent may fail for its own sake; a look never signs in. */
export type Purpose = 'test' | 'send' | 'look';

export interface Circumstances {
  readonly protocol: Protocol;
  readonly stage: Stage;
  readonly purpose: Purpose;
  readonly tls: TlsMode;
  readonly port: number;
  /** Signed in with a token: what refuses it is not a password. */
  readonly withToken?: boolean;
}

/** A thrown thing of any library, in one shape. Absent is `''` or null; texts are as received. */
export interface Symptom extends Circumstances {
  /** The most specific code: OpenSSL's or the system's before the library's. */
  readonly code: string;
  /** The library's own code, where it says more than the cause: `EAUTH`, `EENVELOPE`. */
  readonly libraryCode: string;
  /** The server's own words. */
  readonly reply: string;
  /** The whole line where a library splits it, for people; the rules read `reply`. */
  readonly exactReply: string;
  /** SMTP reply code or HTTP status. */
  readonly status: number | null;
  /** RFC 3463, e.g. `5.7.139`. */
  readonly enhancedStatus: string | null;
  /** IMAP or POP3 response code, or Graph's `error.code`. */
  readonly responseCode: string | null;
  /** SMTP command that was answered. */
  readonly command: string;
  readonly authenticationFailed: boolean;
  readonly tlsFailed: boolean;
  readonly retryAfterMs: number | null;
}

export function symptomOf(circumstances: Circumstances, thrown: unknown): Symptom {
  const error = asRecord(thrown);
  const cause = asRecord(error['cause']);
  const reply = firstText(error, ['responseText', 'response', 'reply', 'reason']);
  const libraryCode = text(error['code']);
  return {
    ...circumstances,
    code: text(error['originalCode']) || text(cause['code']) || libraryCode || textOnlyCode(error),
    libraryCode,
    reply,
    exactReply: wholeReply(circumstances, error) ?? reply,
    status:
      numberOrNull(error['responseCode']) ??
      numberOrNull(error['statusCode']) ??
      smtpStatus(circumstances, reply),
    enhancedStatus: enhancedStatusOf(reply),
    responseCode:
      textOrNull(error['serverResponseCode']) ??
      (typeof error['responseCode'] === 'string' ? error['responseCode'] : null) ??
      bracketed(circumstances, reply),
    command: text(error['command']),
    authenticationFailed: error['authenticationFailed'] === true,
    tlsFailed: error['tlsFailed'] === true,
    retryAfterMs: numberOrNull(error['throttleReset']) ?? numberOrNull(error['retryAfterMs']),
  };
}

/** Errors of imapflow's own that carry a sentence instead of a code. */
function textOnlyCode(error: Readonly<Record<string, unknown>>): string {
  const name = text(error['name']);
  if (name === 'TimeoutError') return 'ETIMEDOUT';
  switch (error['message']) {
    case 'Login is disabled':
      return 'LOGINDISABLED';
    case 'Unsupported authentication mechanism':
      return 'NO_COMMON_MECHANISM';
    default:
      return '';
  }
}

/** imapflow takes code and text apart and keeps the line, behind a tag that only it knows. */
function wholeReply(
  { protocol }: Circumstances,
  { response }: Readonly<Record<string, unknown>>,
): string | null {
  if (protocol !== 'imap' || typeof response !== 'string' || response === '') return null;
  const afterTag = response.indexOf(' ') + 1;
  return response.slice(afterTag);
}

/** A greeting is read by us, so its code stands in the text. */
function smtpStatus({ protocol }: Circumstances, reply: string): number | null {
  const status = Number(reply.slice(0, 3));
  return protocol === 'smtp' && status >= 200 && status < 600 ? status : null;
}

/** `[UNAVAILABLE]` in a line that is read by us, e.g. `* BYE [UNAVAILABLE] …`. */
function bracketed({ protocol }: Circumstances, reply: string): string | null {
  if (protocol !== 'imap') return null;
  const start = reply.indexOf('[');
  const end = reply.indexOf(']', start);
  if (start < 0 || end < 0) return null;
  return (
    reply
      .slice(start + 1, end)
      .split(' ')[0]
      ?.toUpperCase() ?? null
  );
}

/** The first word of the form class.subject.detail after the reply code. */
function enhancedStatusOf(reply: string): string | null {
  for (const word of reply.slice(0, 200).split(/[\s-]/, 12)) {
    const parts = word.split('.');
    const isStatus =
      parts.length === 3 &&
      parts.every((part) => part !== '' && part.length <= 3 && Number(part) >= 0);
    if (isStatus && ['2', '4', '5'].includes(parts[0] ?? '')) return word;
  }
  return null;
}

function firstText(error: Readonly<Record<string, unknown>>, keys: readonly string[]): string {
  for (const key of keys)
    if (typeof error[key] === 'string' && error[key] !== '') return error[key];
  return '';
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return {};
  const { name, message, cause } = value as { name?: unknown; message?: unknown; cause?: unknown };
  return { ...value, name, message, cause };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
