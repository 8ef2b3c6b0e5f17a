import { guidOf } from './ids.ts';
import type { Inside } from './inside.ts';
import type { Reference, Values } from './row.ts';
import { seedRow } from './seed.ts';
import type { Webhook } from './webhooks.ts';

const WEBHOOK_CONTRACT = 8;
const AUTH_TYPE = { WebhookKey: 4, HttpHeader: 5, HttpQueryString: 6 } as const;
const ASYNCHRONOUS = 1;
const POST_OPERATION = 40;

function reference(inside: Inside, table: string, name: string, values: Values): Reference {
  const { id: column } = inside.metadata.table(table);
  const id = guidOf(`${table} ${name}`);
  if (inside.rows.get(table, id) === undefined) seedRow(inside, table, { ...values, [column]: id });
  return { table, id };
}

/** The rows that the Plug-in Registration tool leaves behind: an endpoint, and a step upon it. */
export function keepRegistration(inside: Inside, webhook: Webhook): void {
  const { url, table, message, key, filteringAttributes } = webhook;
  const sdkmessageid = reference(inside, 'sdkmessage', message, { name: message });
  const sdkmessagefilterid = reference(inside, 'sdkmessagefilter', `${message} ${table}`, {
    primaryobjecttypecode: table,
    sdkmessageid,
  });
  const eventhandler = reference(inside, 'serviceendpoint', `${url.href} ${key.kind}`, {
    name: url.host,
    contract: WEBHOOK_CONTRACT,
    authtype: AUTH_TYPE[key.kind],
    isauthvalueset: true,
    url: url.href,
  });
  seedRow(inside, 'sdkmessageprocessingstep', {
    name: `${url.host}: ${message} of ${table}`,
    eventhandler,
    filteringattributes: filteringAttributes?.join(',') ?? null,
    mode: ASYNCHRONOUS,
    stage: POST_OPERATION,
    sdkmessageid,
    sdkmessagefilterid,
  });
}
