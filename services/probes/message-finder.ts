import { setTimeout as sleep } from 'node:timers/promises';
import type { Probe, ProbeOutcome, ProbeRequest } from './probe.ts';

/** Delivery takes a moment; longer than this nobody need stand and wait. */
const LONGEST_SEARCH_MS = 20_000;
/** A message that is not there on the last look is "not seen yet", and that is no failure. */
const PAUSES_MS = [0, 500, 1_000, 2_000, 4_000];

export interface WantedMessage {
  readonly messageId: string;
  /** What the last look at the inbox before it was sent ended with. */
  readonly lastSeenUid: string | null;
  /** When it was accepted for sending, on the clock of `performance`. */
  readonly sentAtMs: number;
}

export type Arrival =
  | { readonly kind: 'found'; readonly afterMs: number }
  | { readonly kind: 'not-seen-yet' }
  /** Nobody could look: the protocol has no way, or the inbox could not be opened again. */
  | { readonly kind: 'unknown' };

/**
 * Accepted is not delivered: looks for a message in the inbox, in a session for each look, since a
 * POP3 session sees only what was there when it began. Ends in the same turn when it is cancelled.
 */
export async function findMessage(
  probe: Probe,
  request: Omit<ProbeRequest, 'direction' | 'testMessage' | 'onStage' | 'lookFor' | 'lastSeenUid'>,
  { messageId, lastSeenUid, sentAtMs }: WantedMessage,
): Promise<Arrival> {
  if (probe.findsMessages !== true) return { kind: 'unknown' };
  const { signal } = request;
  const endsAtMs = performance.now() + Math.min(request.deadlineMs, LONGEST_SEARCH_MS);
  let looked = false;
  for (let turn = 0; !signal.aborted; turn += 1) {
    const pause = PAUSES_MS[turn] ?? PAUSES_MS.at(-1) ?? 0;
    if (performance.now() + pause >= endsAtMs) break;
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    const outcome: ProbeOutcome = await probe.run({
      ...request,
      direction: 'incoming',
      testMessage: null,
      lastSeenUid,
      lookFor: messageId,
      deadlineMs: Math.max(1, endsAtMs - performance.now()),
      onStage: () => undefined,
    });
    if (outcome.outcome === 'cancelled') break;
    if (outcome.outcome === 'failed') continue;
    if (outcome.found === undefined) return { kind: 'unknown' };
    if (outcome.found) return { kind: 'found', afterMs: performance.now() - sentAtMs };
    looked = true;
  }
  return { kind: looked && !signal.aborted ? 'not-seen-yet' : 'unknown' };
}
