import type { Alert } from '../domain/alert.ts';
import type { PerformanceHour, Period } from '../domain/performance.ts';
import type { Instant } from '../domain/time.ts';
import { NO_TURNS } from '../domain/turn-figures.ts';
import { hourOf, type TurnHour, turnsTogether } from '../domain/turn-hours.ts';

type RaisedInHour = Map<string, PerformanceHour['alerts'][number]>;

const QUIET: TurnHour['turns'] = { incoming: NO_TURNS, outgoing: NO_TURNS, act: NO_TURNS };

/** Hours of several profiles, and alerts, laid over each other. */
export function performanceHours(
  hours: readonly TurnHour[],
  alerts: readonly Pick<Alert, 'raisedAt' | 'topic' | 'level'>[],
  { from, to }: Period,
): readonly PerformanceHour[] {
  const turns = new Map<Instant, TurnHour['turns']>();
  for (const hour of hours) {
    if (hour.from < from || hour.from >= to) continue;
    turns.set(hour.from, turnsTogether(turns.get(hour.from) ?? QUIET, hour.turns));
  }
  const raised = new Map<Instant, RaisedInHour>();
  for (const { raisedAt, topic, level } of alerts) {
    const hour = hourOf(raisedAt);
    const counted = raised.get(hour) ?? (new Map() as RaisedInHour);
    const name = `${level} ${topic}`;
    const count = (counted.get(name)?.count ?? 0) + 1;
    raised.set(hour, counted.set(name, { topic, level, count }));
  }
  const all = [...new Set([...turns.keys(), ...raised.keys()])].sort();
  return all.map((hour) => ({
    from: hour,
    turns: turns.get(hour) ?? QUIET,
    alerts: [...(raised.get(hour)?.values() ?? [])].sort((a, b) => b.count - a.count),
  }));
}
