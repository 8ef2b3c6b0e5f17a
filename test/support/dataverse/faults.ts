import { emptyAnswer, refusalAnswer } from './answers.ts';
import type { Answer } from './inside.ts';
import { Refusal } from './refusal.ts';

export type Limit = 'requests' | 'execution-time' | 'concurrency';

/** The three of service protection, with their words (api-limits). */
const LIMITS: Record<Limit, readonly [code: string, text: string]> = {
  requests: [
    '0x80072322',
    'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
  ],
  'execution-time': [
    '0x80072321',
    'Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
  ],
  concurrency: ['0x80072326', 'Number of concurrent requests exceeded the limit of 52.'],
};

export function tooMany(limit: Limit, retryAfterSeconds: number): Refusal {
  const [code, text] = LIMITS[limit];
  return new Refusal(429, code, text, { 'retry-after': String(retryAfterSeconds) });
}

export type Fault =
  | { readonly kind: 'too-many'; readonly limit: Limit; readonly retryAfterSeconds: number }
  /** A gateway in front of the organization: no JSON. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds?: number }
  /** As when a session has been revoked, or a new rule for signing in is not met. */
  | { readonly kind: 'unauthorized' }
  /** Answers well, when so much time has passed on the test's clock. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection ends before the answer. What was asked has been done or not, by `after`. */
  | { readonly kind: 'cut'; readonly after: 'nothing' | 'the-work' };

export interface FaultScript {
  readonly fault: Fault;
  /** How many requests it meets; 1 unless told. */
  readonly times?: number;
  /** Only requests to paths that start so. */
  readonly path?: string;
  readonly method?: string;
}

export interface Faults {
  add(script: FaultScript): void;
  /** The fault that a request meets, used up by it. */
  take(method: string, path: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let waiting: { readonly script: FaultScript; left: number }[] = [];
  return {
    add: (script) => void waiting.push({ script, left: script.times ?? 1 }),
    take(method, path) {
      const met = waiting.find(
        ({ script }) => path.startsWith(script.path ?? '') && method === (script.method ?? method),
      );
      if (met === undefined) return undefined;
      met.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return met.script.fault;
    },
    clear: () => {
      waiting = [];
    },
  };
}

/** The answer of a fault that is one by itself. */
export function answerOf(fault: Fault): Answer | undefined {
  if (fault.kind === 'too-many')
    return refusalAnswer(tooMany(fault.limit, fault.retryAfterSeconds));
  if (fault.kind === 'unauthorized') {
    return emptyAnswer(401, { 'www-authenticate': 'Bearer error=invalid_token' });
  }
  if (fault.kind !== 'unavailable') return undefined;
  const wait = fault.retryAfterSeconds;
  const headers = wait === undefined ? {} : { 'retry-after': String(wait) };
  return {
    ...emptyAnswer(503, { 'content-type': 'text/html', ...headers }),
    body: '<html><body><h2>Service Unavailable</h2></body></html>',
  };
}
