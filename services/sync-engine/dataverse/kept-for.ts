import type { Scheduler } from '../../scheduler/index.ts';
import type { Asking } from './web-api.ts';

/**
 * One reading for all who ask within a while, also while it is under way. One that failed is nobody's
 * answer but of those who waited for it.
 */
export function keptFor<Value>(
  { now }: Pick<Scheduler, 'now'>,
  ms: number,
  read: (asking: Asking) => Promise<Value>,
): (asking: Asking) => Promise<Value> {
  let kept: { readonly value: Promise<Value>; readonly until: number } | null = null;
  return (asking) => {
    if (kept !== null && kept.until > now()) return kept.value;
    const next = { value: read(asking), until: now() + ms };
    kept = next;
    next.value.catch(() => {
      if (kept === next) kept = null;
    });
    return next.value;
  };
}
