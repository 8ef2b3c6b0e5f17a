import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDeadline } from '../../../services/probes/deadline.ts';

const never = new Promise<never>(() => undefined);

describe('the deadline of a session', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is one budget for all stages', async () => {
    const deadline = startDeadline(1_000, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(700);
    expect(await deadline.within(Promise.resolve('first stage'))).toBe('first stage');
    const second = expect(deadline.within(never)).rejects.toMatchObject({ code: 'DEADLINE' });
    await vi.advanceTimersByTimeAsync(300);
    await second;
    deadline.dispose();
  });

  it('tells a cancelled session from one that took too long', async () => {
    const caller = new AbortController();
    const deadline = startDeadline(1_000, caller.signal);
    const work = expect(deadline.within(never)).rejects.toMatchObject({ code: 'CANCELLED' });
    caller.abort();
    await work;
    await expect(deadline.within(Promise.resolve(1))).rejects.toMatchObject({ code: 'CANCELLED' });
    deadline.dispose();
  });

  it('leaves no timer behind', () => {
    startDeadline(1_000, new AbortController().signal).dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
