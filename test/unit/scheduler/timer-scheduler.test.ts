import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../../../services/observability/index.ts';
import { createTimerScheduler } from '../../../services/scheduler/index.ts';
import { silentLog } from '../../support/silent-log.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('the timer scheduler', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs work once, when its time has come and not before', async () => {
    const scheduler = createTimerScheduler({ log: silentLog });
    const ran: number[] = [];
    const start = scheduler.now();
    scheduler.after(5_000, () => {
      ran.push(scheduler.now() - start);
    });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(ran).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual([5_000]);
  });

  it('makes five minutes of the policy two seconds of a demo', async () => {
    const scheduler = createTimerScheduler({ log: silentLog, speed: 150 });
    const start = scheduler.now();
    let ran = 0;
    scheduler.after(300_000, () => {
      ran = scheduler.now() - start;
    });
    await vi.advanceTimersByTimeAsync(1_990);
    expect(ran).toBe(0);
    await vi.advanceTimersByTimeAsync(20);
    expect(ran).toBeGreaterThanOrEqual(300_000);
    expect(ran).toBeLessThan(301_000);
  });

  it('waits longer than a timer of Node can', async () => {
    const scheduler = createTimerScheduler({ log: silentLog });
    let ran = false;
    scheduler.after(60 * DAY_MS, () => {
      ran = true;
    });
    await vi.advanceTimersByTimeAsync(59 * DAY_MS);
    expect(ran).toBe(false);
    await vi.advanceTimersByTimeAsync(2 * DAY_MS);
    expect(ran).toBe(true);
  });

  it('leaves the gap between the end of one run and the start of the next', async () => {
    const scheduler = createTimerScheduler({ log: silentLog });
    const start = scheduler.now();
    const begun: number[] = [];
    const cancel = scheduler.every(1_000, async () => {
      begun.push(scheduler.now() - start);
      await new Promise<void>((resolve) => {
        scheduler.after(500, resolve);
      });
    });
    await vi.advanceTimersByTimeAsync(4_100);
    expect(begun).toEqual([1_000, 2_500, 4_000]);
    cancel();
    cancel();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(begun).toHaveLength(3);
  });

  it('logs work that throws and goes on with the schedule', async () => {
    const logged: string[] = [];
    const log: Log = { ...silentLog, error: (event) => logged.push(event) };
    const scheduler = createTimerScheduler({ log });
    let runs = 0;
    scheduler.every(1_000, () => {
      runs += 1;
      throw new TypeError('broken');
    });
    await vi.advanceTimersByTimeAsync(3_500);
    expect(runs).toBe(3);
    expect(logged).toEqual(Array.from({ length: 3 }, () => 'scheduled-work-failed'));
    await scheduler.stop();
  });

  it('cancelled work never runs', async () => {
    const scheduler = createTimerScheduler({ log: silentLog });
    let ran = false;
    const cancel = scheduler.after(1_000, () => {
      ran = true;
    });
    cancel();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ran).toBe(false);
  });

  it('stopping waits for running work, starts nothing afterwards and takes nothing new', async () => {
    const scheduler = createTimerScheduler({ log: silentLog });
    const events: string[] = [];
    let finish: () => void = () => undefined;
    scheduler.after(1_000, async () => {
      events.push('begun');
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      events.push('ended');
      scheduler.after(0, () => {
        events.push('scheduled by running work');
      });
    });
    scheduler.every(1_500, () => {
      events.push('repeated');
    });
    await vi.advanceTimersByTimeAsync(1_000);
    const stopped = scheduler.stop().then(() => {
      events.push('stopped');
    });
    await vi.advanceTimersByTimeAsync(10_000);
    finish();
    await stopped;
    scheduler.after(0, () => {
      events.push('too late');
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events).toEqual(['begun', 'ended', 'stopped']);
  });
});
