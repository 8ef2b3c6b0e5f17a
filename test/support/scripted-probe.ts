import type { QuotaUse, ServerCertificate } from '../../services/domain/early-warning.ts';
import type { Failure } from '../../services/domain/failure.ts';
import type { Protocol } from '../../services/domain/profile.ts';
import type { StageResult } from '../../services/domain/test-run.ts';
import type { Instant } from '../../services/domain/time.ts';
import type {
  MessageSender,
  Probe,
  ProbeOutcome,
  ProbeRequest,
} from '../../services/probes/index.ts';

/** How a scripted server answers; it may be changed between attempts. */
export type Script = (request: Pick<ProbeRequest, 'address'>) => Failure | null;

type SentMessage = Parameters<MessageSender['send']>[0]['message'];

interface Inbox {
  readonly newest: string;
  readonly count: number;
  readonly arrived?: number;
}

export interface ScriptedServer {
  readonly probe: Probe;
  readonly sender: MessageSender;
  /** Every session that was asked for, in order. */
  readonly requests: readonly Omit<ProbeRequest, 'testMessage'>[];
  /** Messages that the server accepted, again and again where they came again. */
  readonly accepted: readonly SentMessage[];
  answers(script: Script): void;
  works(): void;
  fails(failure: Failure): void;
  /** From now on the inbox holds so many messages, the newest of which is this one; `arrived` are listed as new. */
  holdsMessages(inbox: Inbox): void;
  /** What each session sees of the server from now on. */
  shows(certificate: ServerCertificate): void;
  /** What sessions that ask are told of the mailbox's own password. */
  passwordEnds(at: Instant): void;
  /** What sessions that ask are told. */
  hasQuotas(quotas: readonly QuotaUse[]): void;
  /** Asked for a message, it says from now on whether it is there. */
  findsMessages(found: boolean): void;
  /** The next message is accepted, and the connection lost before the reply. */
  losesNextReply(): void;
  /** Sessions begin and wait until `go` is called. */
  holds(): { readonly go: () => void; readonly begun: Promise<void> };
}

/** A mail server without a network: the engine's tests say what it answers. */
export function createScriptedServer(protocol: Protocol): ScriptedServer {
  const requests: Omit<ProbeRequest, 'testMessage'>[] = [];
  const accepted: SentMessage[] = [];
  let script: Script = () => null;
  let replyLost = false;
  let found: boolean | null = null;
  let inbox: Inbox | null = null;
  let shown: readonly ServerCertificate[] = [];
  let passwordEndsAt: Instant | null = null;
  let quotas: readonly QuotaUse[] | null = null;
  let gate: Promise<void> | null = null;
  let begin: () => void = () => undefined;

  async function session(
    request: Pick<
      ProbeRequest,
      'address' | 'signal' | 'onStage' | 'askQuota' | 'askPasswordEnd' | 'lookFor'
    >,
  ): Promise<ProbeOutcome> {
    begin();
    const connected: StageResult = {
      stage: 'connect',
      outcome: 'passed',
      tookMs: 3,
      evidence: [{ label: 'endpoint', value: 'scripted:1' }],
    };
    request.onStage(connected);
    if (gate !== null) await Promise.race([gate, raised(request.signal)]);
    if (request.signal.aborted) return { outcome: 'cancelled', stages: [connected] };
    const failure = script(request);
    if (failure !== null) {
      const failed: StageResult = {
        stage: failure.stage,
        outcome: 'failed',
        tookMs: 1,
        evidence: failure.evidence,
      };
      request.onStage(failed);
      return { outcome: 'failed', stages: [connected, failed], certificates: shown, failure };
    }
    return {
      outcome: 'passed',
      stages: [connected],
      lastSeenUid: inbox?.newest ?? null,
      messageCount: inbox?.count ?? null,
      newMessages: inbox?.arrived ?? null,
      certificates: shown,
      ...(request.askPasswordEnd === true && passwordEndsAt !== null && { passwordEndsAt }),
      ...(request.askQuota === true && quotas !== null && { quotas }),
      ...(request.lookFor !== undefined && found !== null && { found }),
    };
  }

  return {
    requests,
    accepted,
    probe: {
      protocol,
      get findsMessages() {
        return found !== null;
      },
      run(request) {
        requests.push(request);
        return session(request);
      },
    },
    sender: {
      async send(request) {
        requests.push({ ...request, direction: 'outgoing' });
        const outcome = await session(request);
        if (outcome.outcome !== 'passed') return outcome;
        accepted.push(request.message);
        if (!replyLost) return outcome;
        replyLost = false;
        return { outcome: 'failed', stages: [], failure: CONNECTION_LOST };
      },
    },
    answers: (next) => (script = next),
    works: () => (script = () => null),
    fails: (failure) => (script = () => failure),
    holdsMessages: (next) => (inbox = next),
    shows: (certificate) => (shown = [certificate]),
    passwordEnds: (at) => (passwordEndsAt = at),
    hasQuotas: (next) => (quotas = next),
    findsMessages: (next) => (found = next),
    losesNextReply: () => (replyLost = true),
    holds() {
      let go: () => void = () => undefined;
      gate = new Promise<void>((resolve) => {
        go = () => {
          gate = null;
          resolve();
        };
      });
      const begun = new Promise<void>((resolve) => (begin = resolve));
      return { go, begun };
    },
  };
}

function raised(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

const permanent = { nature: 'permanent', needsConfirmation: false, evidence: [] } as const;
const transient = { nature: 'transient', needsConfirmation: false, evidence: [] } as const;

export const WRONG_PASSWORD: Failure = {
  ...permanent,
  scope: 'mailbox',
  stage: 'authenticate',
  reason: 'credentials-rejected',
};
/** SMTP 535: a wrong password, or an authentication service that is down. */
export const UNDECIDED_535: Failure = { ...WRONG_PASSWORD, needsConfirmation: true };
export const PORT_REFUSED: Failure = {
  ...transient,
  scope: 'profile',
  stage: 'connect',
  reason: 'connection-refused',
};
export const CERTIFICATE_EXPIRED: Failure = {
  ...permanent,
  scope: 'profile',
  stage: 'tls',
  reason: 'certificate-expired',
};
export const CONNECTION_LOST: Failure = {
  ...transient,
  scope: 'profile',
  stage: 'exchange',
  reason: 'connection-lost',
};
export const RECIPIENT_REJECTED: Failure = {
  ...permanent,
  scope: 'email',
  stage: 'exchange',
  reason: 'recipient-rejected',
};
