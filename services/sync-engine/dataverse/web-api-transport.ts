import { AppError } from '../../observability/index.ts';
import type { Scheduler } from '../../scheduler/index.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends one request and reads its whole answer; a text says why there was none. */
export type Transport = (request: ApiRequest, signal: AbortSignal) => Promise<ApiAnswer | string>;

/** Operations of Dataverse end by themselves after two minutes. */
const ANSWER_WITHIN_MS = 130_000;
/** A page of 5 000 mailboxes with all annotations has about 15 MB. */
const MOST_BYTES = 64 * 1024 * 1024;

export function createTransport(scheduler: Scheduler, mostBytes = MOST_BYTES): Transport {
  return async (request, signal) => {
    signal.throwIfAborted();
    const late = new AbortController();
    const cancel = scheduler.after(ANSWER_WITHIN_MS, () => late.abort());
    try {
      const { method, url, headers, body } = request;
      const response = await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body }),
        // The token is for this address alone; a sign-in page is no answer either.
        redirect: 'manual',
        signal: AbortSignal.any([signal, late.signal]),
      });
      return {
        status: response.status,
        headers: response.headers,
        text: await boundedText(response, mostBytes),
      };
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      if (late.signal.aborted || signal.aborted) return 'no answer in time';
      return faultOf(thrown);
    } finally {
      cancel();
    }
  };
}

async function boundedText(response: Response, mostBytes: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      throw new AppError('dynamics-unexpected', `an answer of more than ${mostBytes} bytes`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** `fetch` says only "fetch failed"; the cause has a code. */
function faultOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'the connection failed';
}
