import { AppError } from '../observability/index.ts';
import type { Scheduler } from '../scheduler/index.ts';

/** Tokens for one resource; in memory, never logged. */
export interface ApplicationTokens {
  /** `refused`: the resource turned this one down; another is wanted whatever the clock says. */
  token(signal: AbortSignal, refused?: string): Promise<string>;
}

export interface FreshToken {
  readonly value: string;
  readonly livesMs: number;
}

/** `before`: the token that this one replaces. */
export type TokenRequest = (signal: AbortSignal, before: string | undefined) => Promise<FreshToken>;

/** A token is renewed this long before it ends; until it has ended the old one does where that fails. */
const RENEW_BEFORE_MS = 300_000;
const ANSWER_WITHIN_MS = 20_000;

interface KnownToken {
  readonly value: string;
  readonly endsAtMs: number;
}

export function createKeptTokens(
  scheduler: Pick<Scheduler, 'now' | 'after'>,
  request: TokenRequest,
): ApplicationTokens {
  let known: KnownToken | undefined;
  let asking: Promise<KnownToken> | undefined;

  /** One request, however many wait; none of them can call it off for the others. */
  function another(): Promise<KnownToken> {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function ask(): Promise<KnownToken> {
    const late = new AbortController();
    const cancel = scheduler.after(ANSWER_WITHIN_MS, () => late.abort());
    try {
      const { value, livesMs } = await request(late.signal, known?.value);
      known = { value, endsAtMs: scheduler.now() + livesMs };
      return known;
    } finally {
      cancel();
    }
  }

  return {
    async token(signal, refused) {
      signal.throwIfAborted();
      const now = scheduler.now();
      const usable = known !== undefined && known.value !== refused && known.endsAtMs > now;
      if (usable && known !== undefined && known.endsAtMs - RENEW_BEFORE_MS > now) {
        return known.value;
      }
      const old = usable ? known : undefined;
      try {
        return (await within(signal, another())).value;
      } catch (thrown) {
        if (old === undefined || signal.aborted) throw thrown;
        return old.value;
      }
    },
  };
}

function within<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new AppError('entra-unreachable', 'the caller could not wait for a token'));
    };
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
