import type { HttpAnswer } from './http-channel.ts';
import { firstWords, HttpRefusal, refusalEvidence, retryAfterOf } from './http-refusal.ts';
import { ProtocolError } from './protocol-error.ts';

/** Deeper than Graph nests its errors. */
const DEEPEST = 5;

/** What Graph answered, undefined for no content; throws for an answer that is none of Graph's, and for a no. */
export function contentOf({ status, headers, ok, text }: HttpAnswer): unknown {
  const isJson = /\bjson\b/i.test(headers.get('content-type') ?? '');
  if (ok) {
    if (text === '') return undefined;
    const content = isJson ? jsonIn(text) : undefined;
    if (content !== undefined) return content;
    throw new ProtocolError('NOT_THIS_PROTOCOL', {
      reply: firstWords(text),
      evidence: refusalEvidence(headers),
    });
  }
  const error = isJson ? errorIn(text) : null;
  const words = error?.message ?? headers.get('location') ?? (firstWords(text) || 'no content');
  throw new HttpRefusal(
    status,
    error?.codes ?? [],
    words,
    retryAfterOf(headers),
    refusalEvidence(headers),
  );
}

interface GraphProblem {
  /** Outermost first: the telling code is often inside (`innerError.code`). */
  readonly codes: readonly string[];
  readonly message: string | null;
}

function errorIn(text: string): GraphProblem {
  let error = (jsonIn(text) as { error?: unknown } | null | undefined)?.error;
  const codes: string[] = [];
  let message: string | null = null;
  for (let depth = 0; depth < DEEPEST && typeof error === 'object' && error !== null; depth += 1) {
    const part = error as Readonly<Record<string, unknown>>;
    if (typeof part['code'] === 'string' && part['code'] !== '') codes.push(part['code']);
    if (typeof part['message'] === 'string') message ??= part['message'];
    error = part['innerError'] ?? part['innererror'];
  }
  return { codes, message };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
