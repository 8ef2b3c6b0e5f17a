import { refusalAnswer } from './answers.ts';
import { type Part, readPart, splitParts } from './batch-parts.ts';
import { guidOf } from './ids.ts';
import type { Answer, Ask, Inside } from './inside.ts';
import { readPreferences } from './prefer.ts';
import { badRequest, notInFake, Refusal } from './refusal.ts';
import type { Handle } from './router.ts';

const MOST_REQUESTS = 1000;
const CRLF = '\r\n';

/** A change set whose operation failed: all of it is undone. */
class Undone extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('undone');
    this.answer = answer;
  }
}

const failed = ({ status }: Answer): boolean => status >= 400;

function asText(answer: Answer, contentId?: string): string {
  const id = contentId === undefined ? [] : [`Content-ID: ${contentId}`];
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...id,
    '',
    `HTTP/1.1 ${answer.status} ${answer.status < 400 ? 'OK' : 'Error'}`,
    ...Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`),
    '',
    answer.body,
    '',
  ].join(CRLF);
}

function askOf(inside: Inside, part: Part, ask: Ask): Ask {
  const { method, url, headers, body } = part;
  const path = decodeURI(url.replace(inside.base(), '').replace(/^\/api\/data\/v9\.2\//, ''));
  const [resource = '', ...search] = path.split('?');
  if (resource === '$batch') throw badRequest('A batch cannot contain another batch.');
  const raw = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  return { ...ask, method, path: resource, search: search.length > 0 ? raw : '', headers, body };
}

function runChangeSet(
  inside: Inside,
  handle: Handle,
  parts: readonly Part[],
  ask: Ask,
  boundary: string,
): string {
  const texts = parts.map((part) => {
    if (part.contentId === undefined) {
      throw badRequest('Content-ID header is not present in a change set.');
    }
    if (part.method === 'GET') throw badRequest('GET is not allowed within a change set.');
    if (/"\$\d+/.test(part.body) || /^\$\d+/.test(part.url)) {
      throw notInFake('references between the operations of a change set');
    }
    const answer = handle(askOf(inside, part, ask));
    if (failed(answer)) throw new Undone(answer);
    return `--${boundary}${CRLF}${asText(answer, part.contentId)}`;
  });
  return [
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    '',
    `${texts.join('')}--${boundary}--`,
    '',
  ].join(CRLF);
}

/** POST to `$batch`: one after the other, until the first that fails unless told to go on. */
export function runBatch(inside: Inside, handle: Handle, ask: Ask): Answer {
  const type = ask.headers['content-type'] ?? '';
  const boundary = /^multipart\/mixed;\s*boundary="?([^";]+)"?$/i.exec(type)?.[1];
  if (boundary === undefined) throw badRequest('A batch is multipart/mixed with a boundary.');
  const items = splitParts(ask.body, boundary).map(readPart);
  const count = items.reduce((sum, item) => sum + ('parts' in item ? item.parts.length : 1), 0);
  if (count > MOST_REQUESTS) {
    throw badRequest(`The number of requests ${count} exceeds the limit of ${MOST_REQUESTS}.`);
  }
  const goesOn = readPreferences(ask.headers.prefer ?? '').continueOnError;
  const answers: string[] = [];
  let anyFailed = false;
  for (const [index, item] of items.entries()) {
    const inner = `changesetresponse_${guidOf(`${boundary} ${index}`)}`;
    const { text, ok } = attempt(() => {
      if ('parts' in item) {
        const { parts } = item;
        const run = (): string => runChangeSet(inside, handle, parts, ask, inner);
        return { text: inside.rows.atomically(run), ok: true };
      }
      const answer = handle(askOf(inside, item, ask));
      return { text: asText(answer), ok: !failed(answer) };
    });
    answers.push(text);
    if (ok) continue;
    anyFailed = true;
    if (!goesOn) break;
  }
  const outer = `batchresponse_${guidOf(`${boundary} ${inside.rows.version()}`)}`;
  return {
    status: anyFailed && !goesOn ? 400 : 200,
    headers: { 'content-type': `multipart/mixed; boundary=${outer}`, 'odata-version': '4.0' },
    body: `${answers.map((text) => `--${outer}${CRLF}${text}`).join('')}--${outer}--${CRLF}`,
  };
}

function attempt(work: () => { readonly text: string; readonly ok: boolean }): {
  readonly text: string;
  readonly ok: boolean;
} {
  try {
    return work();
  } catch (error) {
    if (error instanceof Undone) return { text: asText(error.answer), ok: false };
    if (error instanceof Refusal) return { text: asText(refusalAnswer(error)), ok: false };
    throw error;
  }
}
