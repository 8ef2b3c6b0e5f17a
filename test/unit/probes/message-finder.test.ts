import { describe, expect, it } from 'vitest';
import { findMessage, type Probe, type ProbeRequest } from '../../../services/probes/index.ts';
import { passwordOf, probeRequest } from '../../support/probe-request.ts';

const endpoint = { protocol: 'imap', host: 'mail.test', port: 993, tls: 'implicit' } as const;
const wanted = () => ({
  messageId: '<1@example.test>',
  lastSeenUid: '7',
  sentAtMs: performance.now(),
});

type Look = 'found' | 'not-there' | 'cannot-tell' | 'fails';

/** An inbox that is looked at several times; the last answer stays. */
function inbox(...looks: readonly Look[]): { probe: Probe; requests: ProbeRequest[] } {
  const requests: ProbeRequest[] = [];
  const probe: Probe = {
    protocol: 'imap',
    findsMessages: true,
    async run(request) {
      const look = looks[Math.min(requests.length, looks.length - 1)];
      requests.push(request);
      if (request.signal.aborted) return { outcome: 'cancelled', stages: [] };
      if (look === 'fails') {
        const failure = {
          scope: 'profile',
          nature: 'transient',
          stage: 'connect',
          reason: 'connection-refused',
          needsConfirmation: false,
          evidence: [],
        } as const;
        return { outcome: 'failed', stages: [], failure };
      }
      return {
        outcome: 'passed',
        stages: [],
        lastSeenUid: null,
        messageCount: null,
        newMessages: null,
        ...(look !== 'cannot-tell' && { found: look === 'found' }),
      };
    },
  };
  return { probe, requests };
}

function find(
  probe: Probe,
  { deadlineMs = 60_000, signal }: { deadlineMs?: number; signal?: AbortSignal } = {},
) {
  const request = probeRequest(endpoint, passwordOf('x'), {
    deadlineMs,
    ...(signal !== undefined && { signal }),
  });
  return findMessage(probe, request, wanted());
}

describe('A test message', () => {
  it('is found at once, or on a later look, which begins where the test has ended', async () => {
    const atOnce = inbox('found');
    expect(await find(atOnce.probe)).toMatchObject({ kind: 'found' });
    expect(atOnce.requests).toMatchObject([
      { direction: 'incoming', lookFor: '<1@example.test>', lastSeenUid: '7', testMessage: null },
    ]);
    const later = inbox('not-there', 'found');
    expect(await find(later.probe)).toMatchObject({ kind: 'found' });
    expect(later.requests).toHaveLength(2);
  });

  it('is not seen yet when the time is up', async () => {
    const { probe, requests } = inbox('not-there');
    expect(await find(probe, { deadlineMs: 400 })).toEqual({ kind: 'not-seen-yet' });
    expect(requests).toHaveLength(1);
  });

  it('may be found after a look that failed, and nothing is said where none succeeded', async () => {
    expect(await find(inbox('fails', 'found').probe)).toMatchObject({ kind: 'found' });
    expect(await find(inbox('fails').probe, { deadlineMs: 400 })).toEqual({ kind: 'unknown' });
  });

  it('is not looked for where the protocol or the server has no way', async () => {
    const { probe, requests } = inbox('found');
    expect(await find({ ...probe, findsMessages: false })).toEqual({ kind: 'unknown' });
    expect(requests).toEqual([]);
    const silent = inbox('cannot-tell');
    expect(await find(silent.probe)).toEqual({ kind: 'unknown' });
    expect(silent.requests).toHaveLength(1);
  });

  it('is looked for no longer once the test is cancelled', async () => {
    const { probe, requests } = inbox('not-there');
    const controller = new AbortController();
    const looking = find(
      {
        ...probe,
        run: (request) => {
          const outcome = probe.run(request);
          controller.abort();
          return outcome;
        },
      },
      { signal: controller.signal },
    );
    expect(await looking).toEqual({ kind: 'unknown' });
    expect(requests).toHaveLength(1);
  });
});
