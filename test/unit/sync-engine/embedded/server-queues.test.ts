import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { idOf, type ProfileId } from '../../../../services/domain/ids.ts';
import type { Endpoint } from '../../../../services/domain/profile.ts';
import { SECOND_MS } from '../../../../services/domain/time.ts';
import {
  createServerQueues,
  type ServerQueuesOptions,
  serverName,
  type Urgency,
} from '../../../../services/sync-engine/embedded/server-queues.ts';
import { createFakeScheduler } from '../../../support/fake-scheduler.ts';

const at = (host: string, port = 993): Endpoint => ({
  protocol: 'imap',
  host,
  port,
  tls: 'implicit',
});
const slow = at('slow.test');
const quick = at('quick.test');

/** Sessions that last until they are told to end. */
function queueing(over: Partial<ServerQueuesOptions> = {}) {
  const scheduler = createFakeScheduler();
  const queues = createServerQueues({ scheduler, placesAt: () => 4, ...over });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (
    name: string,
    server: Endpoint,
    { profile = 'contoso', urgency = 'cycle' }: { profile?: string; urgency?: Urgency } = {},
  ): void => {
    const wish = { server, profileId: idOf<ProfileId>(profile), urgency };
    void queues.run(wish, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
    });
  };
  return {
    scheduler,
    ask,
    begun: async (): Promise<readonly string[]> => {
      await setImmediate();
      return begun;
    },
    end: async (name: string): Promise<void> => {
      await setImmediate();
      ends.get(name)?.();
      await setImmediate();
    },
  };
}

describe('sessions with a mail server', () => {
  it('are bounded, and a slow server delays only its own', async () => {
    const { ask, begun, end } = queueing();
    for (const n of [1, 2, 3, 4, 5, 6]) ask(`slow ${n}`, slow);
    ask('quick', quick);
    expect(await begun()).toEqual(['slow 1', 'slow 2', 'slow 3', 'slow 4', 'quick']);
    await end('slow 2');
    expect((await begun()).at(-1)).toBe('slow 5');
  });

  it('are bounded together where two profiles name the same server', async () => {
    const { ask, begun } = queueing({ placesAt: () => 2 });
    for (const profile of ['one', 'other', 'third']) ask(profile, slow, { profile });
    expect(await begun()).toEqual(['one', 'other']);
  });

  it('are those of one server however its name is written, and of another at another port', () => {
    expect(serverName(at('Mail.Contoso.test.'))).toBe(serverName(at('mail.contoso.test')));
    expect(serverName(at('mail.contoso.test', 995))).not.toBe(serverName(at('mail.contoso.test')));
  });

  it('for a person who waits come before those of the cycle', async () => {
    const { ask, begun, end } = queueing({ placesAt: () => 1, atOnce: 1 });
    ask('first', slow);
    ask('cycle', slow);
    ask('test', slow, { urgency: 'test' });
    expect(await begun()).toEqual(['first']);
    await end('first');
    expect(await begun()).toEqual(['first', 'test']);
  });

  it('for a person who waits find a place even where the cycle holds all of them', async () => {
    const { ask, begun } = queueing();
    for (const n of [1, 2, 3, 4]) ask(`stuck ${n}`, slow);
    for (const n of [1, 2, 3]) ask(`test ${n}`, slow, { urgency: 'test' });
    expect((await begun()).slice(4)).toEqual(['test 1', 'test 2']);
  });

  it('go to the waiting profiles in turn, so that a big one does not keep a small one waiting', async () => {
    const { ask, begun, end } = queueing({ placesAt: () => 1 });
    for (const n of [1, 2, 3]) ask(`big ${n}`, slow, { profile: 'big' });
    for (const n of [1, 2]) ask(`small ${n}`, slow, { profile: 'small' });
    for (const name of ['big 1', 'big 2', 'small 1', 'big 3']) await end(name);
    expect(await begun()).toEqual(['big 1', 'big 2', 'small 1', 'big 3', 'small 2']);
  });

  it('go to the waiting profiles in turn across servers when the process is at its bound', async () => {
    const { ask, begun, end } = queueing({ atOnce: 1 });
    for (const n of [1, 2, 3]) ask(`big ${n}`, slow, { profile: 'big' });
    ask('small', quick, { profile: 'small' });
    for (const name of ['big 1', 'big 2']) await end(name);
    expect(await begun()).toEqual(['big 1', 'big 2', 'small']);
  });

  it('that do not answer hold the process’s places for five seconds at the most', async () => {
    const { ask, begun, scheduler } = queueing({ atOnce: 4 });
    for (const n of [1, 2, 3, 4, 5]) ask(`black hole ${n}`, slow);
    ask('healthy', quick, { profile: 'other' });
    expect(await begun()).toHaveLength(4);
    await scheduler.advance(5 * SECOND_MS - 1);
    expect(await begun()).toHaveLength(4);
    await scheduler.advance(1);
    expect((await begun()).slice(4)).toEqual(['healthy']);
  });

  it('that fail give their place back', async () => {
    const queues = createServerQueues({ scheduler: createFakeScheduler(), placesAt: () => 1 });
    const wish = { server: slow, profileId: idOf<ProfileId>('contoso'), urgency: 'cycle' } as const;
    await expect(
      queues.run(wish, () => Promise.reject(new RangeError('broken'))),
    ).rejects.toThrow();
    expect(await queues.run(wish, async () => 'next')).toBe('next');
  });
});
