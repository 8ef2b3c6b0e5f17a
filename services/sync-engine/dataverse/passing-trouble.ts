import type { ErrorCode } from '../../observability/index.ts';
import { errorIn } from './web-api-answer.ts';
import type { ApiAnswer } from './web-api-transport.ts';

export interface PassingTrouble {
  readonly code: Extract<ErrorCode, 'dynamics-busy' | 'dynamics-unreachable'>;
  readonly why: string;
  readonly retryAfterMs: number | undefined;
}

/** Gateways and failovers. */
const PASSING = new Set([502, 503, 504]);

/**
 * What may be over in a moment; undefined: the answer is Dataverse's last word. 500 passes for
 * readings alone, as it may be a plug-in's word on a change.
 */
export function passingTrouble(
  answer: ApiAnswer | string,
  isReading: boolean,
  now: number,
): PassingTrouble | undefined {
  if (typeof answer === 'string') {
    return { code: 'dynamics-unreachable', why: answer, retryAfterMs: undefined };
  }
  const { status, headers } = answer;
  const isThrottled = status === 429;
  if (!isThrottled && !PASSING.has(status) && !(status === 500 && isReading)) return undefined;
  return {
    code: isThrottled ? 'dynamics-busy' : 'dynamics-unreachable',
    why: `${status} ${errorIn(answer).code}`.trimEnd(),
    retryAfterMs: retryAfterIn(headers, now),
  };
}

/** Seconds, or a date. */
function retryAfterIn(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  if (/^\d{1,6}(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
