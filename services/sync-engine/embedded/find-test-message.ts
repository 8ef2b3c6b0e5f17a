import type { Evidence } from '../../domain/failure.ts';
import type { Mailbox } from '../../domain/mailbox.ts';
import type { TestRun } from '../../domain/test-run.ts';
import { type Arrival, findMessage, type Probe } from '../../probes/index.ts';
import { type AttemptOptions, prepare } from './attempt.ts';
import type { EngineParts } from './engine-parts.ts';

export interface SentTestMessage {
  readonly messageId: string;
  /** On the clock of `performance`. */
  readonly sentAtMs: number;
  readonly lastSeenUid: string | null;
}

/**
 * Looks for the message that an outgoing test has sent to its own mailbox, and leaves it there, as
 * Dynamics 365 does: it tells the owner that the mailbox is connected. What comes of it is said with
 * the outgoing direction, which works whether the message is there by now or not.
 */
export async function findTestMessage(
  parts: EngineParts,
  mailbox: Mailbox,
  run: TestRun,
  sent: SentTestMessage,
  options: Omit<AttemptOptions, 'testMessage' | 'onStage'> & {
    /** Each look waits for its turn at the server. */
    readonly inTurn: (probe: Probe) => Probe;
  },
): Promise<TestRun> {
  const prepared = await prepare(parts, mailbox, 'incoming', {
    ...options,
    onStage: () => undefined,
  });
  if (prepared.kind === 'impossible') return run;
  const { request } = prepared;
  const probe = parts.probes[request.endpoint.protocol];
  // Exchange Web Services look while they send.
  if (probe === undefined || request.endpoint.protocol === 'ews') return run;
  return withArrival(run, await findMessage(options.inTurn(probe), request, sent));
}

function withArrival(run: TestRun, arrival: Arrival): TestRun {
  const { outgoing } = run.results;
  const last = outgoing.outcome === 'passed' ? outgoing.stages.at(-1) : undefined;
  const more = evidenceOf(arrival);
  if (outgoing.outcome !== 'passed' || last === undefined || more === null) return run;
  const stages = [...outgoing.stages.slice(0, -1), { ...last, evidence: [...last.evidence, more] }];
  return { ...run, results: { ...run.results, outgoing: { ...outgoing, stages } } };
}

function evidenceOf(arrival: Arrival): Evidence | null {
  switch (arrival.kind) {
    case 'found':
      return { label: 'found-after', value: String(Math.round(arrival.afterMs)) };
    case 'not-seen-yet':
      return { label: 'hint', value: 'not-seen-yet' };
    case 'unknown':
      return null;
  }
}
