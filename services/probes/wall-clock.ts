/** Wall clock that never jumps, as in services/scheduler; for what others' clocks have to agree with. */
export function wallClock(): number {
  return performance.timeOrigin + performance.now();
}
