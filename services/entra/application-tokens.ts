import { AppError } from '../observability/index.ts';
import type { Scheduler } from '../scheduler/index.ts';
import type { EntraApplication } from './entra-application.ts';
import { createTokenRequest } from './token-request.ts';

/** Tokens of the application for one resource; in memory, never logged. */
export interface ApplicationTokens {
  /** `refused`: the resource turned this one down; another is wanted whatever the clock says. */
  token(signal: AbortSignal, refused?: string): Promise<string>;
}

export interface ApplicationTokensOptions {
  readonly application: EntraApplication;
  /** https://login.microsoftonline.com, or that of a sovereign cloud. */
  readonly authority: string;
  /** https://contoso.crm4.dynamics.com: the scope is `/.default` behind it. */
  readonly resource: string;
  readonly scheduler: Scheduler;
  readonly fetch?: typeof fetch;
}

/** A token is renewed this long before it ends; until it has ended the old one does where that fails. */
const RENEW_BEFORE_MS = 300_000;
const ANSWER_WITHIN_MS = 20_000;

interface KnownToken {
  readonly value: string;
  readonly endsAtMs: number;
}

export function createApplicationTokens(options: ApplicationTokensOptions): ApplicationTokens {
  const { scheduler } = options;
  const request = createTokenRequest(options);
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
