import type { Configuration } from '@azure/msal-node';
import { AppError } from '../observability/index.ts';
import { jsonIn, refusalIn } from './token-answer.ts';

type NetworkClient = NonNullable<NonNullable<Configuration['system']>['networkClient']>;

/** Where an answer does not say how long its token lives. */
const SHORT_LIFE_S = 600;

export interface ObservedNetwork {
  readonly client: NetworkClient;
  /** Of the last token; msal computes its end on the machine's clock, we on the scheduler's. */
  livesMs(): number;
  /** What really happened, beside what msal makes of it: it calls every fault `network_error`. */
  trouble(): AppError | undefined;
}

export function observedNetwork(send: typeof fetch, signal: AbortSignal): ObservedNetwork {
  let trouble: AppError | undefined;
  let livesS = SHORT_LIFE_S;

  async function answerOf(url: string, init: RequestInit) {
    try {
      // A secret or an assertion is for this address alone.
      const response = await send(url, { ...init, redirect: 'manual', signal });
      const body = jsonIn(await response.text());
      if (!response.ok) trouble = refusalIn(response.status, body);
      const lives = Number(body.expires_in);
      if (lives > 0) livesS = lives;
      return { status: response.status, headers: {}, body };
    } catch (thrown) {
      trouble =
        thrown instanceof AppError ? thrown : new AppError('entra-unreachable', faultOf(thrown));
      throw trouble;
    }
  }

  return {
    client: {
      // msal names the shape that it expects and checks nothing; `never` fits what it names.
      async sendGetRequestAsync(url, options) {
        const answer = await answerOf(url, { headers: options?.headers ?? {} });
        return { ...answer, body: answer.body as never };
      },
      async sendPostRequestAsync(url, options) {
        const body = options?.body;
        const init = { method: 'POST', headers: options?.headers ?? {} };
        const answer = await answerOf(url, body === undefined ? init : { ...init, body });
        return { ...answer, body: answer.body as never };
      },
    },
    livesMs: () => livesS * 1000,
    trouble: () => trouble,
  };

  function faultOf(thrown: unknown): string {
    if (signal.aborted) return 'no answer in time';
    const cause = thrown instanceof Error ? thrown.cause : undefined;
    const code = (cause as { readonly code?: unknown } | undefined)?.code;
    return typeof code === 'string' ? code : 'the connection failed';
  }
}
