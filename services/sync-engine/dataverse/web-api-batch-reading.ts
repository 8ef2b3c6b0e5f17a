import { isGuid } from './odata-literal.ts';
import type { Asking, Row, RowOf } from './web-api.ts';
import { isMissingRow, readingRefused, rowIn } from './web-api-answer.ts';
import { type BatchPart, batchOf, partsOf } from './web-api-batch.ts';
import { optionsOf } from './web-api-links.ts';
import { annotated, ODATA_HEADERS, type Verbs } from './web-api-verbs.ts';

/** Dataverse takes 1 000; fewer leave room for others' requests in between. */
const MOST_IN_ONE = 200;

/** A part that is refused ends the reading: half an answer would look like a whole one. */
export async function batchReading(
  verbs: Verbs,
  requests: readonly RowOf[],
  asking: Asking,
): Promise<readonly (Row | undefined)[]> {
  const rows: (Row | undefined)[] = requests.map(() => undefined);
  const asked = [...requests.entries()].filter(([, { id }]) => isGuid(id));
  for (let from = 0; from < asked.length; from += MOST_IN_ONE) {
    const some = asked.slice(from, from + MOST_IN_ONE);
    const parts = await readAll(
      verbs,
      some.map(([, request]) => request),
      asking,
    );
    for (const [at, part] of parts.entries()) {
      const [index, { set }] = some[at] ?? [-1, { set: '' }];
      rows[index] = rowOf(set, part);
    }
  }
  return rows;
}

async function readAll(
  { base, send }: Verbs,
  requests: readonly RowOf[],
  asking: Asking,
): Promise<readonly BatchPart[]> {
  const paths = requests.map(
    ({ set, id, query }) => `${base.pathname}${set}(${id})${optionsOf(query)}`,
  );
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
  return partsOf(answer.headers.get('content-type') ?? '', answer.text, requests.length);
}

function rowOf(set: string, part: BatchPart): Row | undefined {
  if (isMissingRow(part)) return undefined;
  if (part.status !== 200) throw readingRefused(`$batch of ${set}`, part);
  return rowIn(part);
}
