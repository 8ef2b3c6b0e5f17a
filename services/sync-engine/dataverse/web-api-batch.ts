import { randomUUID } from 'node:crypto';
import { AppError } from '../../observability/index.ts';

const CRLF = '\r\n';

export interface BatchPart {
  readonly status: number;
  readonly text: string;
}

export interface BatchBody {
  readonly contentType: string;
  readonly body: string;
}

/** Several GETs as the body of one POST to `$batch`. Only CRLF is understood as the end of a line. */
export function batchOf(
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
): BatchBody {
  const boundary = `batch_${randomUUID()}`;
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const parts = paths.map((path) =>
    [
      `--${boundary}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `GET ${path} HTTP/1.1`,
      ...own,
      '',
      '',
    ].join(CRLF),
  );
  return {
    contentType: `multipart/mixed; boundary="${boundary}"`,
    body: `${parts.join(CRLF)}${CRLF}--${boundary}--${CRLF}`,
  };
}

const unreadable = (why: string): AppError =>
  new AppError('dynamics-unexpected', `the answer to a batch ${why}`);

/** The answers in the order of the requests. JSON holds no bare line ends, so no part holds the boundary. */
export function partsOf(contentType: string, text: string, expected: number): readonly BatchPart[] {
  const [, quoted, bare] =
    /^multipart\/mixed\s*;\s*boundary=(?:"([^"]{1,200})"|([^\s";]{1,200}))/i.exec(contentType) ??
    [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) throw unreadable('is not multipart');
  const pieces = `${CRLF}${text}`.split(`${CRLF}--${boundary}`);
  const end = pieces.pop();
  if (pieces.length === 0 || end?.startsWith('--') !== true) throw unreadable('has no end');
  const parts = pieces.slice(1).map(partIn);
  if (parts.length !== expected) {
    throw unreadable(`has ${parts.length} parts instead of ${expected}`);
  }
  return parts;
}

/** MIME header, status line with its header, body. */
function partIn(piece: string): BatchPart {
  const [, http = '', ...rest] = piece.split(`${CRLF}${CRLF}`);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(http)?.[1];
  if (status === undefined) throw unreadable('has a part that is no answer');
  return { status: Number(status), text: rest.join(`${CRLF}${CRLF}`).trim() };
}
