import { ProtocolError } from './protocol-error.ts';

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
  ) {
    super('HTTP_STATUS', { reply: `${statusCode} ${codes[0] ?? ''}: ${message}` });
    this.statusCode = statusCode;
    this.serverResponseCode = codes.join(' ');
    this.retryAfterMs = retryAfterMs;
  }
}

/** RFC 9110 §10.2.3 in seconds; the date form is not used by Microsoft's services. */
export function retryAfterOf(header: string | null | undefined): number | null {
  const seconds = Number(header ?? '');
  return header && Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null;
}
