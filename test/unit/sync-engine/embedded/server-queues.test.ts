import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../services/domain/profile.ts';
import { createServerQueues } from '../../../../services/sync-engine/embedded/server-queues.ts';

const slow: Endpoint = { protocol: 'imap', host: 'slow.test', port: 993, tls: 'implicit' };
const quick: Endpoint = { ...slow, host: 'quick.test' };

/** Sessions that last until they are told to end. */
function sessions() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const session = (name: string) => async (): Promise<void> => {
    begun.push(name);
    await new Promise<void>((resolve) => ends.set(name, resolve));
  };
  return { begun, session, end: (name: string): void => ends.get(name)?.() };
}

describe('sessions with a mail server', () => {
  it('are at most four at once, and a slow server delays only its own', async () => {
    const queues = createServerQueues();
    const { begun, session, end } = sessions();
    const all = [1, 2, 3, 4, 5, 6].map((n) => queues.run(slow, 'cycle', session(`slow ${n}`)));
    const other = queues.run(quick, 'cycle', session('quick'));
    await expect.poll(() => begun).toEqual(['slow 1', 'slow 2', 'slow 3', 'slow 4', 'quick']);
    end('slow 2');
    await all[1];
    await expect.poll(() => begun.at(-1)).toBe('slow 5');
    end('quick');
    await other;
  });

  it('for a person who waits come before those of the cycle', async () => {
    const queues = createServerQueues(1);
    const { begun, session, end } = sessions();
    const first = queues.run(slow, 'cycle', session('first'));
    void queues.run(slow, 'cycle', session('cycle'));
    void queues.run(slow, 'test', session('test'));
    await expect.poll(() => begun).toEqual(['first']);
    end('first');
    await first;
    await expect.poll(() => begun).toEqual(['first', 'test']);
  });
});
