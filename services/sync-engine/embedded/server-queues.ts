import type { ProfileId } from '../../domain/ids.ts';
import type { Endpoint } from '../../domain/profile.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { Cancel, Scheduler } from '../../scheduler/index.ts';

/** Sessions that work at the same time; 100 to 200 keep one process busy (mail-probe.md §3). */
const SESSIONS_AT_ONCE = 128;
/** A session that has not ended by then waits rather than works: it holds back its own server only. */
const WORKS_FOR_MS = 5 * SECOND_MS;
/** A server whose places are all taken by the cycle still has these for a person who waits. */
const PLACES_FOR_TESTS = 2;

/** A person who waits for a test goes before the cycle. */
export type Urgency = 'test' | 'cycle';
const URGENCIES: readonly Urgency[] = ['test', 'cycle'];

export interface SessionWish {
  readonly server: Endpoint;
  readonly profileId: ProfileId;
  readonly urgency: Urgency;
}

export interface ServerQueues {
  run<Result>(wish: SessionWish, session: () => Promise<Result>): Promise<Result>;
}

export interface ServerQueuesOptions {
  readonly scheduler: Pick<Scheduler, 'now' | 'after'>;
  /** How many sessions a server gets at once, by `serverName`; asked each time, since profiles change. */
  readonly placesAt: (server: string) => number;
  readonly atOnce?: number;
}

/** Sessions that one profile waits for at one server. */
interface Line {
  readonly server: { running: number; readonly name: string };
  readonly waiting: (() => void)[];
}

/** IMAP and POP3 of one machine are two servers; two profiles with the same address share one. */
export function serverName({ host, port }: Pick<Endpoint, 'host' | 'port'>): string {
  return `${host.toLowerCase().replace(/\.$/, '')}:${port}`;
}

/**
 * Bounds the sessions at each server and those of the process. Profiles that wait take turns, both
 * where they share a server and where all servers share the process. A server that answers slowly or
 * not at all holds its own places and, after five seconds, nothing else.
 */
export function createServerQueues({
  scheduler,
  placesAt,
  atOnce = SESSIONS_AT_ONCE,
}: ServerQueuesOptions): ServerQueues {
  const servers = new Map<string, Line['server']>();
  /** In the order in which they are served: whoever was goes to the end. */
  const lines: Readonly<Record<Urgency, Map<string, Line>>> = { test: new Map(), cycle: new Map() };
  /** When the sessions that still count as working began, oldest first. */
  const working = new Set<{ readonly sinceMs: number }>();
  let wake: Cancel | null = null;

  function serverOf(name: string): Line['server'] {
    const server = servers.get(name) ?? { running: 0, name };
    servers.set(name, server);
    return server;
  }

  function nextLine(): Line | undefined {
    for (const urgency of URGENCIES) {
      const extra = urgency === 'test' ? PLACES_FOR_TESTS : 0;
      for (const [name, line] of lines[urgency]) {
        if (line.server.running >= placesAt(line.server.name) + extra) continue;
        lines[urgency].delete(name);
        if (line.waiting.length > 1) lines[urgency].set(name, line);
        return line;
      }
    }
    return undefined;
  }

  function forgetPatient(): void {
    for (const session of working) {
      if (session.sinceMs + WORKS_FOR_MS > scheduler.now()) return;
      working.delete(session);
    }
  }

  function serve(): void {
    forgetPatient();
    while (working.size < atOnce) {
      const line = nextLine();
      if (line === undefined) return;
      line.waiting.shift()?.();
    }
    const [oldest] = working;
    if (wake !== null || oldest === undefined || lines.test.size + lines.cycle.size === 0) return;
    wake = scheduler.after(oldest.sinceMs + WORKS_FOR_MS - scheduler.now(), () => {
      wake = null;
      serve();
    });
  }

  return {
    async run({ server: endpoint, profileId, urgency }, session) {
      const name = serverName(endpoint);
      const server = serverOf(name);
      const began = await new Promise<{ readonly sinceMs: number }>((resolve) => {
        const lineName = `${profileId} ${name}`;
        const line = lines[urgency].get(lineName) ?? { server, waiting: [] };
        lines[urgency].set(lineName, line);
        line.waiting.push(() => {
          const begun = { sinceMs: scheduler.now() };
          server.running += 1;
          working.add(begun);
          resolve(begun);
        });
        serve();
      });
      try {
        return await session();
      } finally {
        server.running -= 1;
        working.delete(began);
        serve();
      }
    },
  };
}
