import { badPayload, badRequest } from './refusal.ts';

export interface Part {
  readonly contentId: string | undefined;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ChangeSet {
  readonly parts: readonly Part[];
}

/** The pieces between the boundaries of a multipart text. */
export function splitParts(body: string, boundary: string): readonly string[] {
  const pieces = body.split(`--${boundary}`);
  if (pieces.length < 3 || !pieces.at(-1)?.startsWith('--')) {
    throw badRequest('The batch does not end with its boundary.');
  }
  return pieces.slice(1, -1).map((piece) => piece.replace(/^\r\n/, '').replace(/\r\n$/, ''));
}

function readHead(text: string): [head: readonly string[], rest: string] {
  const end = text.indexOf('\r\n\r\n');
  // Documented: other line ends than CRLF make the inner request unreadable.
  if (end < 0) throw badPayload('$batch', 'System.ArgumentException: Stream was not readable.');
  return [text.slice(0, end).split('\r\n'), text.slice(end + 4)];
}

const headersOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
    }),
  );

function readRequest(headers: Readonly<Record<string, string>>, rest: string): Part {
  if (headers['content-type'] !== 'application/http') {
    throw badRequest('A part of a batch has the type application/http.');
  }
  if (headers['content-transfer-encoding'] !== 'binary') {
    throw badRequest('A part of a batch has the transfer encoding binary.');
  }
  const [[first = '', ...lines], body] = readHead(`${rest}\r\n\r\n`);
  const request = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(first);
  if (request === null) throw badRequest(`Invalid request line '${first}'.`);
  return {
    contentId: headers['content-id'],
    method: request[1] ?? '',
    url: request[2] ?? '',
    headers: headersOf(lines),
    body: body.trim(),
  };
}

/** A request of a batch, or a change set of several. */
export function readPart(text: string): Part | ChangeSet {
  const [lines, rest] = readHead(text);
  const headers = headersOf(lines);
  const type = headers['content-type'] ?? '';
  const inner = /^multipart\/mixed;\s*boundary="?([^";]+)"?$/i.exec(type)?.[1];
  if (inner === undefined) return readRequest(headers, rest);
  const parts = splitParts(rest, inner).map((piece) => {
    const [innerLines, innerRest] = readHead(piece);
    return readRequest(headersOf(innerLines), innerRest);
  });
  return { parts };
}
