import type { Failure, FailureReason, FailureScope } from '../../domain/failure.ts';
import { type Direction, type Mailbox } from '../../domain/mailbox.ts';
import { needsApproval } from '../../domain/permission.ts';
import {
  type CredentialSource,
  credentialSourceFor,
  type Endpoint,
  type Protocol,
} from '../../domain/profile.ts';
import type { StageResult } from '../../domain/test-run.ts';
import { AppError } from '../../observability/index.ts';
import type { ProbeOutcome, ProbeRequest } from '../../probes/index.ts';
import type { EngineParts } from './engine-parts.ts';
import { otherOrganization } from './primary-organization.ts';
import type { RegisteredProfile } from './registry.ts';
import { beginningOf } from './registry-exchange.ts';
import { revealCredentials } from './reveal-credentials.ts';

/** A locked POP3 mailbox answers after 11 s, and that may happen in two stages (mail-probe.md §2). */
const DEADLINE_MS = 60_000;

/** What one attempt showed; `protocol` is null where no session was needed to know. */
export type Attempted = ProbeOutcome & { readonly protocol: Protocol | null };

export interface AttemptOptions {
  readonly testMessage: ProbeRequest['testMessage'];
  /** Where the last look at the inbox ended; a test looks for the first time. */
  readonly lastSeenUid?: string | null;
  readonly signal: AbortSignal;
  readonly onStage: (stage: StageResult) => void;
  /** Its share of a deadline that several attempts have together; else the usual one. */
  readonly deadlineMs?: number;
  /** Whichever organization the address has synchronized with until now. */
  readonly asPrimary?: boolean;
}

/** Everything a probe or a sender needs, or the failure that stands in the way. */
export type Prepared =
  | { readonly kind: 'ready'; readonly request: Omit<ProbeRequest, 'testMessage' | 'direction'> }
  | { readonly kind: 'impossible'; readonly failure: Failure };

export async function attempt(
  parts: EngineParts,
  mailbox: Mailbox,
  direction: Direction,
  options: AttemptOptions,
): Promise<Attempted> {
  const prepared = await prepare(parts, mailbox, direction, options);
  if (prepared.kind === 'impossible') {
    return { outcome: 'failed', protocol: null, stages: [], failure: prepared.failure };
  }
  const { protocol } = prepared.request.endpoint;
  const probe = parts.probes[protocol];
  if (probe === undefined) throw new AppError('engine-unavailable', `no probe for ${protocol}`);
  const outcome = await probe.run({
    ...prepared.request,
    direction,
    testMessage: options.testMessage,
    lastSeenUid: options.lastSeenUid ?? null,
  });
  return { ...inScope(outcome, sourceOf(parts, mailbox, direction)), protocol };
}

export async function prepare(
  parts: EngineParts,
  mailbox: Mailbox,
  direction: Direction,
  options: Omit<AttemptOptions, 'testMessage'>,
): Promise<Prepared> {
  const { registered, used, organization } = surroundings(parts, mailbox);
  if (needsApproval(mailbox, used.profile, organization)) {
    return impossible('not-approved', 'authorise', 'mailbox');
  }
  const elsewhere =
    options.asPrimary === true ? null : await otherOrganization(parts, parts.store, registered);
  if (elsewhere !== null) return { kind: 'impossible', failure: elsewhere };
  const source = credentialSourceFor(used.profile, direction);
  const owner = source === 'mailbox' ? registered : used;
  const reference =
    (direction === 'outgoing' ? owner.outgoingCredentials : undefined) ?? owner.credentials;
  const credentials = await revealCredentials(parts, reference, mailbox.address);
  if (credentials === null) {
    return impossible('credentials-missing', 'authenticate', credentialScope(source));
  }
  return {
    kind: 'ready',
    request: {
      endpoint: endpointFor(used, direction, mailbox.address),
      ...(used.exchange && { exchange: used.exchange }),
      onlyOtherMachines: used.onlyOtherMachines ?? false,
      mailboxId: mailbox.id,
      address: mailbox.address,
      credentials,
      certificateAuthorities: used.certificateAuthorities,
      allowPlaintextCredentials: organization.tls.allowCredentialsOverInsecureChannel,
      deadlineMs: options.deadlineMs ?? DEADLINE_MS,
      signal: options.signal,
      onStage: options.onStage,
    },
  };
}

/** Graph and EWS serve appointments, contacts and tasks from where mail is read. */
export function endpointFor(
  used: RegisteredProfile,
  direction: Direction,
  address: string,
): Endpoint {
  const { incoming, outgoing } = used.profile;
  return beginningOf(used, direction === 'outgoing' ? outgoing : incoming, address);
}

function surroundings(parts: EngineParts, mailbox: Mailbox) {
  const registered = parts.registry.mailboxes.get(mailbox.id);
  const used =
    mailbox.profileId === null ? undefined : parts.registry.profiles.get(mailbox.profileId);
  const organization = parts.registry.organizations.get(mailbox.organizationId);
  if (registered === undefined || used === undefined || organization === undefined) {
    throw new AppError('registry-invalid', `mailbox ${mailbox.id} has no profile to be reached by`);
  }
  return { registered, used, organization };
}

export function sourceOf(
  parts: EngineParts,
  mailbox: Mailbox,
  direction: Direction,
): CredentialSource {
  return credentialSourceFor(surroundings(parts, mailbox).used.profile, direction);
}

const CREDENTIAL_REASONS: ReadonlySet<FailureReason> = new Set([
  'credentials-rejected',
  'credentials-missing',
  'password-expired',
  'authentication-disabled',
  'account-disabled',
]);

/** A probe knows the reply; only the engine knows whose credentials they were (domain.md §6.2). */
export function inScope<Outcome extends ProbeOutcome>(
  outcome: Outcome,
  source: CredentialSource,
): Outcome {
  if (outcome.outcome !== 'failed' || !CREDENTIAL_REASONS.has(outcome.failure.reason))
    return outcome;
  return { ...outcome, failure: { ...outcome.failure, scope: credentialScope(source) } };
}

function credentialScope(source: CredentialSource): FailureScope {
  return source === 'mailbox' ? 'mailbox' : 'profile';
}

function impossible(reason: FailureReason, stage: Failure['stage'], scope: FailureScope): Prepared {
  return {
    kind: 'impossible',
    failure: { scope, nature: 'permanent', stage, reason, needsConfirmation: false, evidence: [] },
  };
}
