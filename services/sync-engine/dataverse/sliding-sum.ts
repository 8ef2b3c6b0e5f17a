/** What was added in the last `windowMs`; times never go back. */
export interface SlidingSum {
  add(at: number, amount: number): void;
  total(now: number): number;
}

export function createSlidingSum(windowMs: number): SlidingSum {
  const kept: { readonly at: number; readonly amount: number }[] = [];
  let first = 0;
  let sum = 0;

  function forget(now: number): void {
    for (let next = kept[first]; next !== undefined && next.at <= now - windowMs; ) {
      sum -= next.amount;
      first += 1;
      next = kept[first];
    }
    if (first <= kept.length / 2) return;
    kept.splice(0, first);
    first = 0;
  }

  return {
    add(at, amount) {
      kept.push({ at, amount });
      sum += amount;
    },
    total(now) {
      forget(now);
      return sum;
    },
  };
}
