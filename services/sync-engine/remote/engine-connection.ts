import { setTimeout as pause } from 'node:timers/promises';
import { AppError, type Secret } from '../../observability/index.ts';
import { type Refusal, refusalOf } from './engine-refusal.ts';
import { WIRE_HEADER, WIRE_PATH, WIRE_VERSION } from './wire-messages.ts';

/** In real time, whatever clock the bot runs on: these are waits for a network. */
export interface RemoteTiming {
  /** For one attempt; Teams wants its answer soon. */
  readonly answerWithinMs: number;
  /** Before the second attempt, the third, … */
  readonly retryAfterMs: readonly number[];
  /** How long an answer to an action waits for the events that the action caused. */
  readonly eventsWithinMs: number;
  /** How long the engine is asked to wait for an event. */
  readonly listenMs: number;
  /** Between two tries to reach an engine that is away: the first pause, doubled up to the longest. */
  readonly listenAgainMs: number;
  readonly listenAgainAtMostMs: number;
}

export const USUAL_TIMING: RemoteTiming = {
  answerWithinMs: 5_000,
  retryAfterMs: [200, 800],
  eventsWithinMs: 1_000,
  listenMs: 25_000,
  listenAgainMs: 500,
  listenAgainAtMostMs: 15_000,
};

export interface EngineConnectionOptions {
  readonly url: URL;
  readonly key: Secret;
  readonly timing: RemoteTiming;
}

export interface EngineConnection {
  /**
   * Asks until there is an answer, an end of patience or the signal. Whatever is asked may be asked
   * twice: it reads, or it carries its idempotency key.
   */
  ask(name: string, body: unknown, signal?: AbortSignal): Promise<unknown>;
  /** Once, with patience of its own: the caller asks again. */
  askOnce(name: string, body: unknown, withinMs: number, signal?: AbortSignal): Promise<unknown>;
}

type Attempt =
  | { readonly kind: 'answered'; readonly body: unknown }
  | ({ readonly kind: 'failed' } & Refusal);

export function createEngineConnection({
  url,
  key,
  timing,
}: EngineConnectionOptions): EngineConnection {
  const base = url.href.replace(/\/+$/, '');

  async function attempt(
    name: string,
    body: unknown,
    withinMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Attempt> {
    signal?.throwIfAborted();
    const late = AbortSignal.timeout(withinMs);
    try {
      const response = await fetch(`${base}${WIRE_PATH}${name}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key.reveal()}`,
          'content-type': 'application/json',
          [WIRE_HEADER]: String(WIRE_VERSION),
        },
        body: JSON.stringify(body),
        // The key is for this address alone.
        redirect: 'error',
        signal: signal === undefined ? late : AbortSignal.any([signal, late]),
      });
      const spoken = response.headers.get(WIRE_HEADER);
      if (response.status === 200 && spoken === String(WIRE_VERSION)) {
        return { kind: 'answered', body: await response.json() };
      }
      await response.body?.cancel();
      return { kind: 'failed', ...refusalOf(response.status, spoken) };
    } catch (thrown) {
      signal?.throwIfAborted();
      return { kind: 'failed', detail: faultOf(thrown, late.aborted), again: true };
    }
  }

  const failed = (name: string, { detail, code = 'engine-unavailable' }: Refusal): AppError =>
    new AppError(code, `${name} at ${base}: ${detail}`);

  return {
    async ask(name, body, signal) {
      for (const wait of [...timing.retryAfterMs, null]) {
        const tried = await attempt(name, body, timing.answerWithinMs, signal);
        if (tried.kind === 'answered') return tried.body;
        if (wait === null || !tried.again) throw failed(name, tried);
        await pause(wait, undefined, signal && { signal });
      }
      throw failed(name, { detail: 'was not asked', again: false });
    },
    async askOnce(name, body, withinMs, signal) {
      const tried = await attempt(name, body, withinMs, signal);
      if (tried.kind === 'answered') return tried.body;
      throw failed(name, tried);
    },
  };
}

/** `fetch` says only "fetch failed"; the cause has a code. */
function faultOf(thrown: unknown, late: boolean): string {
  if (late) return 'no answer in time';
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'the connection failed';
}
