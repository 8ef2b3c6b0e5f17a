import { createHash, timingSafeEqual } from 'node:crypto';
import type restify from 'restify';
import type { Secret } from '../../services/observability/index.ts';
import type { Answer } from './server.ts';

export const WEBHOOK_PATH = '/api/dynamics/changes';
/** The name to enter under "HttpHeader" where the webhook is registered. */
export const WEBHOOK_HEADER = 'x-mailbox-medic-key';

export interface DynamicsWebhook {
  readonly key: Secret;
  readonly take: (body: unknown) => 'taken' | 'not-understood' | 'other-organization';
}

/**
 * Dynamics 365 signs nothing: whoever has the key is heard, in the header ("HttpHeader") or as `code`
 * in the address ("WebhookKey"), and answered at once. What gets lost is found by the next round.
 */
export function answerWebhook(request: restify.Request, { key, take }: DynamicsWebhook): Answer {
  const given = [request.headers[WEBHOOK_HEADER], codeIn(request.url ?? '')];
  if (!given.some((each) => typeof each === 'string' && isSame(each, key.reveal()))) {
    return { status: 401 };
  }
  return { status: STATUS[take(request.body)] };
}

const STATUS = { taken: 204, 'not-understood': 400, 'other-organization': 403 } as const;

function codeIn(url: string): string | null {
  return new URL(url, 'http://bot.invalid').searchParams.get('code');
}

/** In the same time, however much of it is right. */
function isSame(given: string, key: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(key));
}
