import { idOf } from '../../services/domain/ids.ts';
import type { Endpoint } from '../../services/domain/profile.ts';
import { secretOf } from '../../services/observability/index.ts';
import type { ProbeCredentials, ProbeOutcome, ProbeRequest } from '../../services/probes/index.ts';

const MAILBOX = 'alice@example.test';

export function passwordOf(password: string, userName = MAILBOX): ProbeCredentials {
  return { kind: 'password', userName, password: secretOf(password) };
}

/** A complete request from the parts that a test is about; incoming, 5 s, no test message. */
export function probeRequest(
  endpoint: Endpoint,
  credentials: ProbeCredentials,
  rest: Partial<ProbeRequest> = {},
): ProbeRequest {
  return {
    direction: 'incoming',
    endpoint,
    mailboxId: idOf('alice'),
    address: MAILBOX,
    credentials,
    certificateAuthorities: [],
    allowPlaintextCredentials: false,
    testMessage: null,
    deadlineMs: 5_000,
    signal: new AbortController().signal,
    onStage: () => undefined,
    ...rest,
  };
}

/** What a test says about an outcome, in one line: `failed tls certificate-expired permanent profile`. */
export function summaryOf(outcome: ProbeOutcome): string {
  if (outcome.outcome !== 'failed') return outcome.outcome;
  const { stage, reason, nature, scope, needsConfirmation } = outcome.failure;
  return ['failed', stage, reason, nature, scope, ...(needsConfirmation ? ['confirm'] : [])].join(
    ' ',
  );
}

export function evidenceOf(outcome: ProbeOutcome, label: string): string | undefined {
  return outcome.stages.flatMap(({ evidence }) => evidence).find((item) => item.label === label)
    ?.value;
}
