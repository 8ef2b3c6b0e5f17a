import type { AlertSlots } from '../../domain/alert.ts';
import type { FoundAlert } from './found-alert.ts';

/**
 * One alert may be found in pieces (a cut-out middle), and one may be pasted twice. The same topic
 * again is another alert only if it names somebody else.
 */
export function mergeAlerts(alerts: readonly FoundAlert[]): readonly FoundAlert[] {
  const merged: FoundAlert[] = [];
  for (const alert of alerts) {
    const index = merged.findIndex(
      (other) => other.topic === alert.topic && agree(other.slots, alert.slots),
    );
    const other = merged[index];
    if (!other) merged.push(alert);
    else {
      const better = alert.fit > other.fit ? alert : other;
      merged[index] = { ...better, from: other.from, slots: { ...alert.slots, ...other.slots } };
    }
  }
  return merged;
}

function agree(one: AlertSlots, other: AlertSlots): boolean {
  return (Object.keys(one) as (keyof AlertSlots)[]).every(
    (slot) => other[slot] === undefined || other[slot] === one[slot],
  );
}
