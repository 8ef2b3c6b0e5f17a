import { epochMsOf, type Instant, instantOf } from '../../../services/domain/time.ts';

/** When a chosen day began, in UTC; null for all days. */
export function startOf(day: string): Instant | null {
  return day === 'all' ? null : instantOf(epochMsOf(`${day}T00:00:00.000Z`));
}
