import { firstWords, HttpRefusal, refusalEvidence, retryAfterOf } from './http-refusal.ts';
import { ProtocolError } from './protocol-error.ts';

/** Deeper than Graph nests its errors. */
const DEEPEST = 5;

/** Throws for an answer that is none of Graph's, and for one that says no. */
export async function refuse(response: Response): Promise<void> {
  const { status, headers, ok } = response;
  const text = await response.text();
  const isJson = /\bjson\b/i.test(headers.get('content-type') ?? '');
  if (ok) {
    if (text === '' || isJson) return;
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

function errorIn(text: string): GraphProblem | null {
  let error: unknown;
  try {
    error = (JSON.parse(text) as { error?: unknown } | null)?.error;
  } catch {
    return null;
  }
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
