import type { Evidence } from '../domain/failure.ts';
import type { AnswerHeaders } from './http-channel.ts';
import { ProtocolError } from './protocol-error.ts';
import { wallClock } from './wall-clock.ts';

/** An HTTP service that said no: its status, its own codes, and how long it asks us to wait. */
export class HttpRefusal extends ProtocolError {
  readonly statusCode: number;
  /** Outermost first, separated by spaces: Graph nests the telling code in `innerError`. */
  readonly serverResponseCode: string;
  readonly retryAfterMs: number | null;

  constructor(
    statusCode: number,
    codes: readonly string[],
    message: string,
    retryAfterMs: number | null,
    evidence: readonly Evidence[] = [],
  ) {
    super('HTTP_STATUS', { reply: `${statusCode} ${codes[0] ?? ''}: ${message}`, evidence });
    this.statusCode = statusCode;
    this.serverResponseCode = codes.join(' ');
    this.retryAfterMs = retryAfterMs;
  }
}

/** The longest number of seconds that is believed; the failure policy has a limit of its own. */
const SECONDS = /^\d{1,9}$/;

/**
 * RFC 9110 §10.2.3: seconds, or a date. A date is read by the server's own clock where the answer
 * tells it, since ours may be minutes away.
 */
export function retryAfterOf(headers: AnswerHeaders): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (SECONDS.test(text)) return positive(Number(text) * 1_000);
  return positive(dateOf(text) - (dateOf(headers.get('date')) || wallClock()));
}

/** NaN for what is no HTTP date: `Date.parse` alone takes a lonely number for a year. */
function dateOf(text: string | null): number {
  return text?.trim().endsWith('GMT') === true ? Date.parse(text) : Number.NaN;
}

function positive(waitMs: number): number | null {
  return waitMs > 0 ? waitMs : null;
}

/** The front end that answered and the server behind it, as far as Exchange names them. */
export function serverNamesOf(headers: AnswerHeaders): string | null {
  const names = ['x-feserver', 'x-calculatedbetarget', 'x-beserver'].map((name) =>
    headers.get(name),
  );
  const known = [...new Set(names.filter((name) => name !== null && name !== ''))];
  return known.length === 0 ? null : known.join(', ');
}

/** What Microsoft's support asks for first when a request was refused: who answered, and its number. */
export function refusalEvidence(headers: AnswerHeaders): readonly Evidence[] {
  const version = headers.get('x-owa-version');
  const facts = [
    ['banner', version === null ? null : `Exchange ${version}`],
    ['server-name', serverNamesOf(headers)],
    ['request-id', headers.get('request-id') ?? headers.get('x-ms-request-id')],
    ['request-id', headers.get('client-request-id')],
  ] as const;
  return facts.flatMap(([label, value]) =>
    value === null || value === '' ? [] : [{ label, value }],
  );
}

/** Of a web page, which a proxy or a login form sends: its title tells a person more than its markup. */
export function firstWords(text: string): string {
  const title = /<title[^>]*>([^<]*)</i.exec(text)?.[1]?.trim();
  return (title ?? text).slice(0, 200);
}
