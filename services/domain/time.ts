/** A moment as ISO 8601 in UTC with milliseconds: sorts as text, survives JSON. */
export type Instant = string;

export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
