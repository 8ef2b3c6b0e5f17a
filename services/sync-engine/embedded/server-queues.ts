import PQueue from 'p-queue';
import type { Endpoint } from '../../domain/profile.ts';

/** Mail servers count connections for each user and address; few at a time is polite and enough. */
const SESSIONS_PER_SERVER = 4;

/** A person who waits for a test goes before the cycle. */
export type Urgency = 'test' | 'cycle';

export interface ServerQueues {
  run<Result>(server: Endpoint, urgency: Urgency, session: () => Promise<Result>): Promise<Result>;
}

/** Bounds how many sessions one server gets at once, so that a slow one delays only its own mailboxes. */
export function createServerQueues(sessions = SESSIONS_PER_SERVER): ServerQueues {
  const queues = new Map<string, PQueue>();
  return {
    run({ protocol, host, port }, urgency, session) {
      const name = `${protocol}://${host}:${port}`;
      const queue = queues.get(name) ?? new PQueue({ concurrency: sessions });
      queues.set(name, queue);
      return queue.add(session, { priority: urgency === 'test' ? 1 : 0 });
    },
  };
}
