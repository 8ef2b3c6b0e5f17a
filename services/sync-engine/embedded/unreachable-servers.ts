import type { Failure } from '../../domain/failure.ts';
import type { Endpoint } from '../../domain/profile.ts';
import { MINUTE_MS } from '../../domain/time.ts';
import type { Clock } from '../../scheduler/index.ts';
import type { Attempted } from './attempt.ts';
import { serverName } from './server-queues.ts';

/** So many looks in a row, and none in between that got through: it is not one mailbox's bad luck. */
const ENOUGH_WITNESSES = 4;
/** Then the server is asked again: it must not take longer to be found well than to be found dead. */
const BELIEVED_FOR_MS = MINUTE_MS;

/**
 * Servers that nobody gets through to. Each look at one lasts until its deadline, so 10 000 mailboxes of
 * a black hole would be looked at in four hours and retried for two days; those that wait take the word
 * of those that have just tried.
 */
export interface UnreachableServers {
  /** What a look at this server would find just now; null where that has to be seen. */
  knownFailure(server: Endpoint): Failure | null;
  /** What a look found that was a session of its own. */
  learn(server: Endpoint, attempted: Attempted): void;
}

interface Report {
  readonly witnesses: number;
  readonly failure: Failure;
  readonly atMs: number;
}

export function createUnreachableServers(clock: Clock): UnreachableServers {
  const reports = new Map<string, Report>();
  return {
    knownFailure(server) {
      const report = reports.get(serverName(server));
      if (report === undefined || report.witnesses < ENOUGH_WITNESSES) return null;
      return report.atMs + BELIEVED_FOR_MS > clock.now() ? report.failure : null;
    },
    learn(server, attempted) {
      const name = serverName(server);
      // A failure without a protocol needed no session to be known: it says nothing of the server.
      if (attempted.outcome === 'cancelled' || attempted.protocol === null) return;
      if (attempted.outcome === 'passed' || !isUnreachable(attempted.failure)) {
        reports.delete(name);
        return;
      }
      const { failure } = attempted;
      const witnesses = (reports.get(name)?.witnesses ?? 0) + 1;
      const evidence = failure.evidence.filter(({ label }) => label !== 'user-name');
      reports.set(name, { witnesses, failure: { ...failure, evidence }, atMs: clock.now() });
    },
  };
}

function isUnreachable({ scope, nature, stage }: Failure): boolean {
  return (
    scope === 'profile' && nature === 'transient' && (stage === 'resolve' || stage === 'connect')
  );
}
