import { SECOND_MS } from '../../services/domain/time.ts';
import type { DeliveryAnswer } from '../../services/notifications/index.ts';

/** As `@azure/core-rest-pipeline` throws it. */
interface RestError {
  readonly statusCode?: unknown;
  readonly response?: {
    readonly status?: unknown;
    readonly bodyAsText?: unknown;
    readonly headers?: { get(name: string): string | undefined };
  };
}

/** learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages, "Status codes". */
const RETRYABLE = [412, 429, 502, 503, 504];
const BLOCKED = ['MessageWritesBlocked', 'ConversationBlockedByUser', 'BotDisabledByAdmin'];
const GONE = [
  'BotNotInConversationRoster',
  'ConversationNotFound',
  'ActivityNotFoundInConversation',
];

/** What a channel's refusal means for another try. */
export function deliveryAnswerOf(
  thrown: unknown,
): Exclude<DeliveryAnswer, { readonly kind: 'delivered' | 'obsolete' }> {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as RestError;
  const status = error.statusCode ?? error.response?.status;
  if (typeof status !== 'number') {
    return { kind: 'retry', afterMs: 0, answer: `no answer: ${nameOf(thrown)}` };
  }
  const body = typeof error.response?.bodyAsText === 'string' ? error.response.bodyAsText : '';
  const code = [...BLOCKED, ...GONE].find((one) => body.includes(one));
  const answer = code === undefined ? String(status) : `${status} ${code}`;
  if (RETRYABLE.includes(status)) {
    return { kind: 'retry', afterMs: retryAfterMs(error), answer };
  }
  if (status === 404 || (status === 403 && code !== undefined && GONE.includes(code))) {
    return { kind: 'gone', answer };
  }
  if (status === 403 && code !== undefined) return { kind: 'blocked', answer };
  return { kind: 'failed', answer };
}

/** Seconds; Teams never sends a date here. */
function retryAfterMs(error: RestError): number {
  const seconds = Number(error.response?.headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * SECOND_MS : 0;
}

function nameOf(thrown: unknown): string {
  const code = (thrown as { readonly code?: unknown } | null)?.code;
  if (typeof code === 'string') return code;
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
