import type { Endpoint } from '../../services/domain/profile.ts';
import { createLook, type LookOutcome } from '../../services/probes/index.ts';

const look = createLook();

export interface LookedAt {
  readonly url?: string;
  readonly mayCall?: (address: string) => boolean;
  readonly authority?: string;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/** Looks at a server of this machine, which only a test may do. */
export function lookedAt(endpoint: Endpoint, how: LookedAt = {}): Promise<LookOutcome> {
  return look({
    server: { endpoint, url: how.url ?? null, directions: ['incoming'] },
    mayCall: how.mayCall ?? (() => true),
    certificateAuthorities: how.authority === undefined ? [] : [how.authority],
    deadlineMs: how.deadlineMs ?? 10_000,
    signal: how.signal ?? new AbortController().signal,
  });
}

/** In one line: `well`, `tls certificate-expired`, `not-allowed`. */
export function sightOf(outcome: LookOutcome): string {
  if (outcome.kind !== 'seen') return outcome.kind;
  const { failure } = outcome;
  return failure === null ? 'well' : `${failure.stage} ${failure.reason}`;
}
