import { epochMsOf, HOUR_MS, type Instant, instantOf, MINUTE_MS, SECOND_MS } from './time.ts';

/** Exchange Online's limits on one mailbox that a count can foresee (domain.md §7). */
export const EXCHANGE_LIMITS = [
  'received-per-hour',
  'recipients-per-day',
  'messages-per-minute',
] as const;
export type ExchangeLimit = (typeof EXCHANGE_LIMITS)[number];

interface Allowance {
  readonly allowed: number;
  readonly windowMs: number;
  /** What is counted together: the window slides by this much, and never tells too little. */
  readonly sliceMs: number;
}

export const ALLOWANCES: Readonly<Record<ExchangeLimit, Allowance>> = {
  'received-per-hour': { allowed: 3_600, windowMs: HOUR_MS, sliceMs: 5 * MINUTE_MS },
  'recipients-per-day': { allowed: 10_000, windowMs: 24 * HOUR_MS, sliceMs: HOUR_MS },
  'messages-per-minute': { allowed: 30, windowMs: MINUTE_MS, sliceMs: 10 * SECOND_MS },
};

/** Told from this share on, while there is still time to send less. */
const NEAR = 0.8;

export type LimitLevel = 'near' | 'reached';

interface Slice {
  readonly from: Instant;
  readonly count: number;
}

/** Mail of one mailbox as far as it counts for limits; a mailbox without mail has no record. */
export interface MailFlow {
  /** Equal to the mailbox id. */
  readonly id: string;
  readonly counted: Readonly<Record<ExchangeLimit, readonly Slice[]>>;
  /** What was said last; it is said again after the use was below in between. */
  readonly said: Readonly<Record<ExchangeLimit, LimitLevel | null>>;
  /** Messages in the inbox at the last look. */
  readonly inboxCount: number | null;
}

export interface LimitUse {
  readonly limit: ExchangeLimit;
  readonly used: number;
  readonly allowed: number;
  readonly level: LimitLevel | null;
  /** When some of what counts now counts no more; null while nothing does. */
  readonly easesAt: Instant | null;
}

export function noFlow(id: string): MailFlow {
  return {
    id,
    counted: { 'received-per-hour': [], 'recipients-per-day': [], 'messages-per-minute': [] },
    said: { 'received-per-hour': null, 'recipients-per-day': null, 'messages-per-minute': null },
    inboxCount: null,
  };
}

export function limitUse(flow: MailFlow, limit: ExchangeLimit, nowMs: number): LimitUse {
  const { allowed, windowMs, sliceMs } = ALLOWANCES[limit];
  const slices = current(flow.counted[limit], limit, nowMs);
  const used = slices.reduce((sum, { count }) => sum + count, 0);
  const oldest = slices[0];
  return {
    limit,
    used,
    allowed,
    level: used >= allowed ? 'reached' : used >= allowed * NEAR ? 'near' : null,
    easesAt: oldest === undefined ? null : instantOf(epochMsOf(oldest.from) + sliceMs + windowMs),
  };
}

/** Counts, and says which limits have come nearer than was said: `near` once, `reached` once. */
export function count(
  flow: MailFlow,
  amounts: Readonly<Partial<Record<ExchangeLimit, number>>>,
  nowMs: number,
): { readonly flow: MailFlow; readonly warnings: readonly LimitUse[] } {
  let { counted, said } = flow;
  const warnings: LimitUse[] = [];
  for (const limit of EXCHANGE_LIMITS) {
    counted = { ...counted, [limit]: added(counted[limit], limit, amounts[limit] ?? 0, nowMs) };
    const use = limitUse({ ...flow, counted }, limit, nowMs);
    const nearer = use.level === 'reached' || said[limit] === null;
    if (use.level !== null && use.level !== said[limit] && nearer) warnings.push(use);
    // Just below the limit again is no news: the next one is due after a use that was small.
    const kept = use.level === 'near' && said[limit] === 'reached' ? 'reached' : use.level;
    said = { ...said, [limit]: kept };
  }
  return { flow: { ...flow, counted, said }, warnings };
}

function added(
  slices: readonly Slice[],
  limit: ExchangeLimit,
  amount: number,
  nowMs: number,
): readonly Slice[] {
  const kept = current(slices, limit, nowMs);
  if (amount <= 0) return kept;
  const { sliceMs } = ALLOWANCES[limit];
  const from = instantOf(Math.floor(nowMs / sliceMs) * sliceMs);
  const last = kept.at(-1);
  return last?.from === from
    ? [...kept.slice(0, -1), { from, count: last.count + amount }]
    : [...kept, { from, count: amount }];
}

/** A slice counts as long as any of it may lie within the window. */
function current(slices: readonly Slice[], limit: ExchangeLimit, nowMs: number): readonly Slice[] {
  const { windowMs, sliceMs } = ALLOWANCES[limit];
  return slices.filter(({ from }) => epochMsOf(from) + sliceMs + windowMs > nowMs);
}
