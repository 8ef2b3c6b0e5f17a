import type { ServerCertificate } from '../domain/early-warning.ts';
import type { Evidence, Failure } from '../domain/failure.ts';
import type { Endpoint, Protocol } from '../domain/profile.ts';
import { classify } from './classify/classify.ts';
import { type Purpose, symptomOf } from './classify/symptom.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { isOwnAddress } from './own-address.ts';
import type { ProbeOutcome, ProbeRequest } from './probe.ts';
import { ProtocolError } from './protocol-error.ts';
import { redactionOf } from './redact.ts';
import { createStageLog, type StageLog } from './stage-log.ts';
import type { TlsPeer, Trust } from './tls.ts';

/** What a probe and a sender have in common. */
export type SessionRequest = Omit<ProbeRequest, 'testMessage' | 'direction' | 'mailboxId'> & {
  /** Instead of `onlyOtherMachines`: which addresses may be called, whatever a name leads to. */
  readonly mayCall?: (address: string) => boolean;
};

/** One protocol session: its clock, its log, and everything that must be closed at its end. */
export interface Session {
  readonly deadline: Deadline;
  readonly stages: StageLog;
  /** Destroyed when the session ends, however it ends. Late errors of it are nobody's concern. */
  own(resource: Resource): void;
  /** The server that the session turns to, where it is not the profile's; the same rules hold there. */
  headFor(endpoint: Endpoint): void;
  tlsPeer(host?: string): TlsPeer;
  /** A secret that turned up on the way is not shown from here on. */
  conceal(secret: string): void;
  /** Whether an address that a name leads to may be called; not always the machine itself. */
  readonly mayCall: (address: string) => boolean;
}

interface Resource {
  destroy(): unknown;
  on?(event: 'error', listener: () => void): unknown;
}

export interface SessionSpec {
  readonly protocol: Protocol;
  readonly purpose: Purpose;
  readonly request: SessionRequest;
  readonly trust: Trust;
}

export type SessionYield = Pick<
  Extract<ProbeOutcome, { outcome: 'passed' }>,
  'lastSeenUid' | 'messageCount' | 'newMessages' | 'quotas' | 'passwordEndsAt' | 'found'
>;

/**
 * Runs `work` from refusal rules to a classified outcome. When the deadline passes or the caller
 * cancels, everything owned is destroyed in the same turn and the outcome does not wait for `work`.
 */
export async function runSession(
  { protocol, purpose, request, trust }: SessionSpec,
  work: (session: Session) => Promise<SessionYield>,
): Promise<ProbeOutcome> {
  const deadline = startDeadline(request.deadlineMs, request.signal);
  const redact = redactionOf(request.credentials);
  const stages = createStageLog(redact, request.onStage);
  const owned = new Set<Resource>();
  const certificates: ServerCertificate[] = [];
  const onlyOthers = request.onlyOtherMachines === true;
  let endpoint = request.endpoint;
  const release = (): void => {
    for (const resource of owned) resource.destroy();
    owned.clear();
  };
  const session: Session = {
    deadline,
    stages,
    mayCall: request.mayCall ?? ((address) => !(onlyOthers && isOwnAddress(address))),
    conceal: (secret) => redact.learn(secret),
    own(resource) {
      resource.on?.('error', () => undefined);
      if (deadline.signal.aborted) resource.destroy();
      else owned.add(resource);
    },
    headFor(next) {
      endpoint = next;
      refuseInsecureChannel(stages, { ...request, endpoint });
    },
    tlsPeer: (host = endpoint.host) => ({
      host,
      context: trust.contextFor(request.certificateAuthorities),
      note: stages.note,
      accepted: (certificate) => void certificates.push(certificate),
    }),
  };
  try {
    // Checked before anything is opened: a cancelled test must not touch the server.
    deadline.signal.throwIfAborted();
    refuseInsecureChannel(stages, request);
    if (purpose !== 'look') refuseMissingCredentials(stages, protocol, request);
    const result = await deadline.within(work(session));
    stages.pass();
    return { outcome: 'passed', stages: stages.seal(), certificates, ...result };
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'CANCELLED') {
      return { outcome: 'cancelled', stages: stages.seal() };
    }
    const failure = failureOf(protocol, purpose, { ...request, endpoint }, stages, error);
    return { outcome: 'failed', stages: stages.seal(), certificates, failure };
  } finally {
    release();
    deadline.dispose();
  }
}

/** Credentials in clear text are an opt-in of on-premises organizations (organization.tls). */
function refuseInsecureChannel(stages: StageLog, request: SessionRequest): void {
  const isRefused =
    request.endpoint.tls === 'none' &&
    request.credentials.kind !== 'none' &&
    !request.allowPlaintextCredentials;
  if (!isRefused) return;
  stages.enter('tls');
  throw new ProtocolError('INSECURE_CHANNEL');
}

/** Only a relay that knows its clients by address (SMTP) lets anybody in without credentials. */
function refuseMissingCredentials(
  stages: StageLog,
  protocol: Protocol,
  { credentials }: SessionRequest,
): void {
  const isMissing =
    (credentials.kind === 'none' && protocol !== 'smtp') ||
    (credentials.kind === 'client-credentials' && credentials.clientSecret.reveal() === '') ||
    (credentials.kind === 'password' && credentials.password.reveal() === '');
  if (!isMissing) return;
  stages.enter('authenticate');
  throw new ProtocolError('NO_CREDENTIALS');
}

function failureOf(
  protocol: Protocol,
  purpose: Purpose,
  { endpoint, credentials }: SessionRequest,
  stages: StageLog,
  error: unknown,
): Failure {
  const stage = stages.current;
  const symptom = symptomOf(
    {
      protocol,
      stage,
      purpose,
      tls: endpoint.tls,
      port: endpoint.port,
      withToken: credentials.kind === 'bearer' || credentials.kind === 'oauth',
    },
    error,
  );
  const { reason, scope, nature, needsConfirmation, hint, retryAfterMs } = classify(symptom);
  const evidence: Evidence[] = [];
  if (stage !== 'connect')
    evidence.push({ label: 'endpoint', value: `${endpoint.host}:${endpoint.port}` });
  if (stage === 'authenticate' && 'userName' in credentials) {
    evidence.push({ label: 'user-name', value: credentials.userName });
  }
  if (symptom.exactReply !== '')
    evidence.push({ label: 'server-reply', value: symptom.exactReply });
  if (error instanceof ProtocolError) evidence.push(...error.evidence);
  if (symptom.code !== '') evidence.push({ label: 'library-code', value: symptom.code });
  if (hint !== undefined) evidence.push({ label: 'hint', value: hint });
  const failed = stages.fail(evidence);
  return {
    scope,
    nature,
    stage,
    reason,
    needsConfirmation,
    evidence: failed.evidence,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
