import PQueue from 'p-queue';
import {
  type ServerInSight,
  type ServerSight,
  saysTheSame,
  sightId,
} from '../../domain/server-sight.ts';
import { epochMsOf, type Instant, instantOf, MINUTE_MS } from '../../domain/time.ts';
import { asAppError } from '../../observability/index.ts';
import type { Look, LookOutcome } from '../../probes/index.ts';
import type { DataverseParts } from './dataverse-parts.ts';

/** A server is called no oftener, however many ask. */
const GAP_MS = 5 * MINUTE_MS;
const AT_ONCE = 4;
/** What is not looked at now is asked for again by the next card, and by the next round. */
const MOST_WAITING = 500;
const DEADLINE_MS = 15_000;

export interface ServerLooksParts extends Pick<DataverseParts, 'store' | 'scheduler' | 'log'> {
  /** Null where this machine is to call nobody. */
  readonly look: Look | null;
  /** Whatever a name leads to. People of Dynamics 365 name servers, and this machine calls them. */
  readonly mayCall: (address: string) => boolean;
  /** Authorities beside those of the system. */
  readonly certificateAuthorities: readonly string[];
}

/** Whoever wants to know what a look has brought; `isNews`: the one before told otherwise, or there was none. */
export type OnSeen = (sight: ServerSight, isNews: boolean) => Promise<void>;

export interface ServerLooks {
  /** In the background, unless it was looked at a moment ago; several who wait share a look. */
  lookSoon(server: ServerInSight, whom: string, onSeen: OnSeen): void;
  /** Resolves when nothing is looked at or waits to be. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export function createServerLooks(parts: ServerLooksParts): ServerLooks {
  const { store, scheduler, log, mayCall, certificateAuthorities } = parts;
  const stopping = new AbortController();
  const queue = new PQueue({ concurrency: AT_ONCE });
  /** Oldest first. */
  const calledAt = new Map<string, number>();
  /** Those that wait for a look, by server. */
  const waiting = new Map<string, Map<string, OnSeen>>();

  function forgetOld(nowMs: number): void {
    for (const [id, atMs] of calledAt) {
      if (nowMs - atMs < GAP_MS) return;
      calledAt.delete(id);
    }
  }

  async function lookAt(id: string, server: ServerInSight, look: Look): Promise<void> {
    const wish = waiting.get(id);
    try {
      const kept = await store.get('serverSights', id);
      // Before a restart, perhaps.
      if (kept !== undefined && scheduler.now() - epochMsOf(kept.at) < GAP_MS) return;
      const outcome = await look({
        server,
        mayCall,
        certificateAuthorities,
        deadlineMs: DEADLINE_MS,
        signal: stopping.signal,
      });
      if (outcome.kind === 'cancelled') return;
      const sight = sightOf(id, server, outcome, instantOf(scheduler.now()));
      log.info('server-seen', { sight: sight.outcome, reason: sight.reason });
      const isNews = kept === undefined || !saysTheSame(kept, sight);
      // Who joins from here on is told, too.
      for (const onSeen of wish?.values() ?? []) await onSeen(sight, isNews);
    } catch (thrown) {
      log.error('server-not-looked-at', { reason: asAppError(thrown).code });
    } finally {
      waiting.delete(id);
    }
  }

  return {
    lookSoon(server, whom, onSeen) {
      const { look } = parts;
      if (look === null) return;
      const id = sightId(server);
      const wish = waiting.get(id);
      if (wish !== undefined) {
        wish.set(whom, onSeen);
        return;
      }
      const nowMs = scheduler.now();
      forgetOld(nowMs);
      if (stopping.signal.aborted || calledAt.has(id) || queue.size >= MOST_WAITING) return;
      calledAt.set(id, nowMs);
      waiting.set(id, new Map([[whom, onSeen]]));
      void queue.add(() => lookAt(id, server, look));
    },
    settled: () => queue.onIdle(),
    async stop() {
      stopping.abort();
      queue.clear();
      await queue.onIdle();
    },
  };
}

/** Where nothing was reached, it may be this machine's network. */
const UNREACHED = new Set(['resolve', 'connect']);

function sightOf(
  id: string,
  { endpoint }: ServerInSight,
  outcome: Exclude<LookOutcome, { readonly kind: 'cancelled' }>,
  at: Instant,
): ServerSight {
  if (outcome.kind === 'not-allowed') {
    const nothing = { reason: null, certificate: null, certificateEndsAt: null, signIn: [] };
    return { id, endpoint, outcome: 'not-looked', ...nothing, at };
  }
  const { failure, certificate, signIn } = outcome;
  return {
    id,
    endpoint,
    outcome: failure === null ? 'well' : UNREACHED.has(failure.stage) ? 'unreached' : 'wrong',
    reason: failure?.reason ?? null,
    certificate,
    certificateEndsAt: certificate?.validTo ?? endOf(outcome),
    signIn: signIn.slice(0, MOST_METHODS).map((method) => method.slice(0, LONGEST_METHOD)),
    at,
  };
}

const MOST_METHODS = 12;
const LONGEST_METHOD = 40;

/** Of a certificate that was refused, as OpenSSL writes it. */
function endOf({ stages }: Extract<LookOutcome, { readonly kind: 'seen' }>): Instant | null {
  const written = stages
    .flatMap(({ evidence }) => evidence)
    .findLast(({ label }) => label === 'certificate-valid-to');
  const endsMs = written === undefined ? Number.NaN : Date.parse(written.value);
  return Number.isNaN(endsMs) ? null : instantOf(endsMs);
}
