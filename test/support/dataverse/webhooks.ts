import { executionContext } from './execution-context.ts';
import { guidOf } from './ids.ts';
import type { Inside } from './inside.ts';
import type { Change } from './rows.ts';
import { keepRegistration } from './webhook-registration.ts';

export type WebhookKey =
  | { readonly kind: 'HttpHeader'; readonly name: string; readonly value: string }
  /** `?code=…` */
  | { readonly kind: 'WebhookKey'; readonly code: string }
  | { readonly kind: 'HttpQueryString'; readonly name: string; readonly value: string };

export interface Webhook {
  readonly url: URL;
  readonly table: string;
  readonly message: 'Create' | 'Update' | 'Delete';
  /** Update only; all columns when none is named. */
  readonly filteringAttributes?: readonly string[];
  readonly key: WebhookKey;
}

export interface Delivery {
  readonly requestId: string;
  readonly rowId: string;
  /** Undefined: nobody answered. */
  readonly status: number | undefined;
}

export interface Webhooks {
  register(webhook: Webhook): void;
  /** As System Jobs show them, failed ones included; an asynchronous step is not tried again here. */
  readonly deliveries: readonly Delivery[];
  /** Resolves when all that was posted has been answered. */
  settled(): Promise<void>;
}

const MESSAGES = { create: 'Create', update: 'Update', delete: 'Delete' } as const;

function addressed({ url, key }: Webhook): URL {
  const target = new URL(url);
  if (key.kind === 'WebhookKey') target.searchParams.set('code', key.code);
  if (key.kind === 'HttpQueryString') target.searchParams.set(key.name, key.value);
  return target;
}

/** Asynchronous steps on rows: the receiver hears after the change, and Dataverse does not wait. */
export function createWebhooks(inside: Inside): Webhooks {
  const registered: Webhook[] = [];
  const deliveries: Delivery[] = [];
  const running = new Set<Promise<void>>();

  const matches = (webhook: Webhook, { kind, table, written }: Change): boolean =>
    webhook.table === table &&
    webhook.message === MESSAGES[kind] &&
    (kind !== 'update' ||
      webhook.filteringAttributes === undefined ||
      webhook.filteringAttributes.some((name) => name in written));

  async function post(webhook: Webhook, change: Change, requestId: string): Promise<void> {
    const { key } = webhook;
    const own = key.kind === 'HttpHeader' ? { [key.name]: key.value } : {};
    const host = new URL(inside.base()).hostname;
    const answer = await fetch(addressed(webhook), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        'x-ms-dynamics-organization': host,
        'x-ms-dynamics-entity-name': change.table,
        'x-ms-dynamics-request-name': webhook.message,
        'x-ms-correlation-request-id': guidOf(`correlation ${requestId}`),
        ...own,
      },
      body: JSON.stringify(executionContext(inside, change, webhook.message, requestId)),
    }).catch(() => undefined);
    await answer?.arrayBuffer();
    deliveries.push({ requestId, rowId: change.id, status: answer?.status });
  }

  inside.rows.onChange((change) => {
    for (const webhook of registered.filter((each) => matches(each, change))) {
      const requestId = guidOf(`webhook ${inside.rows.version()} ${webhook.url.href}`);
      const posted = post(webhook, change, requestId).finally(() => running.delete(posted));
      running.add(posted);
    }
  });

  return {
    register(webhook) {
      keepRegistration(inside, webhook);
      registered.push(webhook);
    },
    deliveries,
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
