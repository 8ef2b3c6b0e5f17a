import { isGuid } from './odata-literal.ts';
import type { WebApi, Written } from './web-api.ts';
import { errorIn, isMissingRow, readingRefused } from './web-api-answer.ts';
import type { ApiAnswer } from './web-api-transport.ts';
import { ODATA_HEADERS, type Verbs } from './web-api-verbs.ts';

const JSON_BODY = { ...ODATA_HEADERS, 'content-type': 'application/json' } as const;

const REFUSED: Written = {
  kind: 'refused',
  status: 400,
  code: 'read-only',
  message: 'Dynamics 365 on-premises is only read.',
};

/** On-premises: nobody has proved that a change does there what it does online. */
export const READ_ONLY: Pick<WebApi, 'create' | 'update' | 'isReadOnly'> = {
  isReadOnly: true,
  create: async () => REFUSED,
  update: async () => REFUSED,
};

export function createWriting({ base, send }: Verbs): Pick<WebApi, 'create' | 'update'> {
  return {
    async create(set, values, asking) {
      const answer = await send(
        {
          method: 'POST',
          url: new URL(set, base),
          headers: JSON_BODY,
          body: JSON.stringify(values),
          repeatable: false,
        },
        asking,
      );
      return writtenIn(answer, createdId(answer));
    },
    async update(set, id, values, asking) {
      if (!isGuid(id)) return { kind: 'not-found' };
      // Without If-Match a PATCH makes the row that is not there.
      const headers = { ...JSON_BODY, 'if-match': asking.etag ?? '*' };
      const url = new URL(`${set}(${id})`, base);
      const body = JSON.stringify(values);
      const answer = await send({ method: 'PATCH', url, headers, body, repeatable: true }, asking);
      return writtenIn(answer, id);
    },
  };
}

const createdId = ({ headers }: ApiAnswer): string =>
  /\(([0-9a-f-]{36})\)$/i.exec(headers.get('odata-entityid') ?? '')?.[1]?.toLowerCase() ?? '';

function writtenIn(answer: ApiAnswer, id: string): Written {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'done', id };
  if (isMissingRow(answer)) return { kind: 'not-found' };
  if (status === 412) return { kind: 'changed-meanwhile' };
  const { code, message } = errorIn(answer);
  // What is not in Dataverse's own form was said by something in between.
  if (code === '' && message === '') throw readingRefused('write', answer);
  return { kind: 'refused', status, code, message };
}
