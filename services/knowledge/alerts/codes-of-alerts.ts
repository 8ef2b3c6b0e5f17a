import type { FoundCode } from './error-codes.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A code farther from its alert than this is some other line's of a log. */
const FARTHEST = 400;

/**
 * The codes of each alert: those inside it, and behind it up to the next one. Where codes stand in
 * front of their alerts (a JSON dump that begins with "code"), those between it and the one before.
 */
export function codesOfAlerts(
  alerts: readonly Span[],
  codes: readonly FoundCode[],
): readonly (readonly FoundCode[])[] {
  const inFront = standInFront(alerts, codes);
  return alerts.map((alert, index) => {
    const previous = alerts[index - 1]?.to ?? 0;
    const next = alerts[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const from = inFront ? Math.max(previous, alert.from - FARTHEST) : alert.from;
    const until = inFront ? alert.to : Math.min(next, alert.to + FARTHEST);
    return codes.filter((code) => code.from >= from && code.from < until);
  });
}

function standInFront(alerts: readonly Span[], codes: readonly FoundCode[]): boolean {
  const first = alerts[0];
  const last = alerts.at(-1);
  if (!first || !last) return false;
  const before = codes.some((code) => code.to <= first.from);
  return before && codes.every((code) => code.from < last.from);
}

/** The one that says most exactly what happened; of several the first. */
export function mostSpecific(codes: readonly FoundCode[]): FoundCode | null {
  let best: FoundCode | null = null;
  for (const code of codes) if (!best || code.specificity > best.specificity) best = code;
  return best;
}
