import { setMaxListeners } from 'node:events';
import type { ApplicationTokens } from '../../entra/index.ts';
import { AppError, type Log } from '../../observability/index.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import { passingTrouble } from './passing-trouble.ts';
import { pauseFor } from './pause-for.ts';
import { leftIn, type RequestBudget } from './request-budget.ts';
import type { Asking } from './web-api.ts';
import type { ApiAnswer, ApiRequest, Transport } from './web-api-transport.ts';

export interface SenderParts {
  readonly transport: Transport;
  /** Null: the transport signs in by itself. */
  readonly tokens: ApplicationTokens | null;
  readonly budget: RequestBudget;
  readonly scheduler: Scheduler;
  readonly log: Log;
}

export interface Sending extends ApiRequest {
  /** Done twice it is done once: it may be sent again when nobody knows whether it arrived. */
  readonly repeatable: boolean;
}

/** Answers that are Dataverse's last word: 2xx, and every refusal but those that pass. */
export type Send = (sending: Sending, asking: Asking) => Promise<ApiAnswer>;

const NO_TOKEN = '';
/** With pauses of 2, 4, 8 and 16 seconds; a person is told after six of them. */
const MOST_TRIES = { person: 3, background: 5 } as const;
/** Longest pause that anybody sits through; a longer one is told at once. */
const LONGEST_PAUSE_MS = { person: 30_000, background: 900_000 } as const;

export function createSender({ transport, tokens, budget, scheduler, log }: SenderParts): Send {
  /** The limits are those of the user whose token it is: a person's own are not ours to count. */
  async function inTurn(request: ApiRequest, asking: Asking): ReturnType<Transport> {
    if (asking.as !== undefined) return transport(request, asking.signal);
    const turn = await budget.enter(asking);
    let answer: ApiAnswer | string = '';
    try {
      answer = await transport(request, asking.signal);
      return answer;
    } finally {
      turn.end(typeof answer === 'string' ? undefined : leftIn(answer.headers));
    }
  }

  /** A token that is refused is asked for once more: it may have ended, or been revoked. */
  async function signedIn(
    request: ApiRequest,
    asking: Asking,
    what: string,
  ): ReturnType<Transport> {
    let refused: string | undefined;
    for (;;) {
      const token = await (asking.as === undefined
        ? (tokens?.token(asking.signal, refused) ?? NO_TOKEN)
        : asking.as(asking.signal));
      if (token === refused) break;
      const signed = token === NO_TOKEN ? {} : { authorization: `Bearer ${token}` };
      const headers = { ...request.headers, ...signed };
      const answer = await inTurn({ ...request, headers }, asking);
      if (typeof answer === 'string' || answer.status !== 401) return answer;
      if (refused !== undefined) break;
      refused = token;
    }
    const code = asking.as === undefined ? 'dynamics-sign-in-refused' : 'dynamics-person-refused';
    throw new AppError(code, `${what}: 401`);
  }

  return async ({ repeatable, ...request }, asking) => {
    const { method, url } = request;
    // Many requests of one engine listen to its one signal; that is no leak.
    setMaxListeners(0, asking.signal);
    const what = `${method} ${url.pathname.split('/').at(-1)?.replace(/\(.*/, '') ?? ''}`;
    for (let tries = 1; ; tries += 1) {
      const answer = await signedIn(request, asking, what);
      const trouble = passingTrouble(answer, method === 'GET', scheduler.now());
      if (trouble === undefined && typeof answer !== 'string') return answer;
      const { code = 'dynamics-unreachable', why = '', retryAfterMs } = trouble ?? {};
      const failed = new AppError(code, `${what}: ${why}`);
      const waitMs = retryAfterMs ?? 2 ** tries * (typeof answer === 'string' ? 250 : 1_000);
      if (code === 'dynamics-busy' && asking.as === undefined) budget.pause(waitMs);
      // Who is told to come back later has not been served; of any other trouble nobody knows.
      const maySendAgain = repeatable || code === 'dynamics-busy';
      const isTooLong = waitMs > LONGEST_PAUSE_MS[asking.priority];
      if (tries >= MOST_TRIES[asking.priority] || !maySendAgain || isTooLong) throw failed;
      log.warn('dynamics-asked-again', { code, why, waitMs, priority: asking.priority });
      await pauseFor(scheduler, waitMs, asking.signal).catch(() => {
        throw failed;
      });
    }
  };
}
