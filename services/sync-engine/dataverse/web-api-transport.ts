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
  return (request, signal) =>
    inTime(scheduler, signal, async (within) => {
      const { method, url, headers, body } = request;
      const response = await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body }),
        // The token is for this address alone; a sign-in page is no answer either.
        redirect: 'manual',
        signal: within,
      });
      const chunks = (response.body ?? []) as AsyncIterable<Uint8Array>;
      const text = await boundedText(chunks, mostBytes);
      return { status: response.status, headers: response.headers, text };
    });
}

/** No request takes longer than the server's own patience; whatever the network does becomes a text. */
export async function inTime(
  scheduler: Scheduler,
  signal: AbortSignal,
  work: (within: AbortSignal) => Promise<ApiAnswer>,
): Promise<ApiAnswer | string> {
  signal.throwIfAborted();
  const late = new AbortController();
  const cancel = scheduler.after(ANSWER_WITHIN_MS, () => late.abort());
  try {
    return await work(AbortSignal.any([signal, late.signal]));
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (late.signal.aborted || signal.aborted) return 'no answer in time';
    return faultOf(thrown);
  } finally {
    cancel();
  }
}

export async function boundedText(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  mostBytes = MOST_BYTES,
): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of chunks) {
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
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : undefined;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'the connection failed';
}
