import type {
  ApiAnswer,
  ApiRequest,
  Transport,
} from '../../services/sync-engine/dataverse/web-api-transport.ts';
import type { FakeScheduler } from './fake-scheduler.ts';

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

export interface ScriptedTransport {
  readonly transport: Transport;
  readonly asked: readonly ApiRequest[];
}

/** Answers at once, the last answer again and again; a text is a network that gave none. */
export function scriptedTransport(
  answers: readonly (ScriptedAnswer | string)[],
): ScriptedTransport {
  const asked: ApiRequest[] = [];
  return {
    asked,
    transport: async (request) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 'nothing scripted';
      asked.push(request);
      return typeof answer === 'string' ? answer : answerOf(answer);
    },
  };
}

function answerOf({ status = 200, headers = {}, json, text }: ScriptedAnswer): ApiAnswer {
  return {
    status,
    headers: new Headers(headers),
    text: text ?? (json === undefined ? '' : JSON.stringify(json)),
  };
}

/** Moves the clock, step by step, until the work has an end; what it waits for is the clock. */
export async function passingTime<Result>(
  clock: FakeScheduler,
  work: Promise<Result>,
  stepMs = 1_000,
): Promise<{ readonly result: PromiseSettledResult<Result>; readonly ms: number }> {
  const from = clock.now();
  let settled: PromiseSettledResult<Result> | undefined;
  void Promise.allSettled([work]).then(([result]) => {
    settled = result;
  });
  for (let steps = 0; steps < 100_000; steps += 1) {
    await new Promise(setImmediate);
    if (settled !== undefined) return { result: settled, ms: clock.now() - from };
    await clock.advance(stepMs);
  }
  throw new Error('the work waits for something else than the clock');
}
