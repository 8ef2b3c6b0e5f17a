import { isGuid } from './odata-literal.ts';
import type { Asking, ListOf, Row, RowOf } from './web-api.ts';
import { isMissingRow, readingRefused, rowIn, rowsIn } from './web-api-answer.ts';
import { type BatchPart, batchOf, partsOf } from './web-api-batch.ts';
import { optionsOf } from './web-api-links.ts';
import { annotated, ODATA_HEADERS, type Verbs } from './web-api-verbs.ts';

/** Dataverse takes 1 000; fewer leave room for others' requests in between. */
const MOST_IN_ONE = 200;

interface Asked {
  readonly set: string;
  /** Behind the base. */
  readonly path: string;
}

/** A part that is refused ends the reading: half an answer would look like a whole one. */
export async function batchReading(
  verbs: Verbs,
  requests: readonly RowOf[],
  asking: Asking,
): Promise<readonly (Row | undefined)[]> {
  const rows: (Row | undefined)[] = requests.map(() => undefined);
  const asked = [...requests.entries()].filter(([, { id }]) => isGuid(id));
  const parts = await readParts(
    verbs,
    asked.map(([, { set, id, query }]) => ({ set, path: `${set}(${id})${optionsOf(query)}` })),
    asking,
  );
  for (const [at, part] of parts.entries()) {
    const [index, { set }] = asked[at] ?? [-1, { set: '' }];
    if (!isMissingRow(part)) rows[index] = rowIn(good(set, part));
  }
  return rows;
}

/** As far as each one's `top`. */
export async function listsReading(
  verbs: Verbs,
  requests: readonly ListOf[],
  asking: Asking,
): Promise<readonly (readonly Row[])[]> {
  const parts = await readParts(
    verbs,
    requests.map(({ set, query }) => ({ set, path: set + optionsOf(query) })),
    asking,
  );
  return parts.map((part, at) => rowsIn(rowIn(good(requests[at]?.set ?? '', part))));
}

async function readParts(
  verbs: Verbs,
  asked: readonly Asked[],
  asking: Asking,
): Promise<readonly BatchPart[]> {
  const parts: BatchPart[] = [];
  for (let from = 0; from < asked.length; from += MOST_IN_ONE) {
    parts.push(...(await readSome(verbs, asked.slice(from, from + MOST_IN_ONE), asking)));
  }
  return parts;
}

async function readSome(
  { base, send }: Verbs,
  asked: readonly Asked[],
  asking: Asking,
): Promise<readonly BatchPart[]> {
  const paths = asked.map(({ path }) => base.pathname + path);
  const prefer = annotated(false).join(',');
  const { accept, 'odata-version': version } = ODATA_HEADERS;
  const { contentType, body } = batchOf(paths, { accept, 'odata-version': version, prefer });
  const answer = await send(
    {
      method: 'POST',
      url: new URL('$batch', base),
      headers: { ...ODATA_HEADERS, 'content-type': contentType, prefer: 'odata.continue-on-error' },
      body,
      // Nothing but reading is in it.
      repeatable: true,
    },
    asking,
  );
  if (answer.status !== 200) throw readingRefused('POST $batch', answer);
  return partsOf(answer.headers.get('content-type') ?? '', answer.text, asked.length);
}

function good(set: string, part: BatchPart): BatchPart {
  if (part.status !== 200) throw readingRefused(`$batch of ${set}`, part);
  return part;
}
