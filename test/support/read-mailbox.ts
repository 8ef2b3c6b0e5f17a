import type { Alert } from '../../services/domain/alert.ts';
import type { FailureReason, OccurredFailure } from '../../services/domain/failure.ts';
import { idOf } from '../../services/domain/ids.ts';
import type {
  ApprovalState,
  Direction,
  DirectionState,
  Mailbox,
} from '../../services/domain/mailbox.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';

export const READ_AT = '2026-11-23T08:00:00.000Z';

export type Shown = 'works' | 'retrying' | 'disabled' | 'not-enabled' | 'elsewhere';

function failed(reason: FailureReason = 'timeout', at = READ_AT): OccurredFailure {
  const nature = reason === 'timeout' ? 'transient' : 'permanent';
  const evidence: OccurredFailure['evidence'] = [];
  return {
    scope: 'mailbox',
    nature,
    stage: 'exchange',
    reason,
    needsConfirmation: false,
    evidence,
    at,
  };
}

/** A direction as Dynamics 365 shows it. */
function directionThat(shown: Shown, reason?: FailureReason): DirectionState {
  const fails = shown === 'retrying' || shown === 'disabled';
  return {
    method: shown === 'elsewhere' ? 'none' : 'server-side-synchronization',
    enabled: shown === 'works' || shown === 'retrying',
    status: fails ? 'failure' : shown === 'works' ? 'success' : 'not-run',
    transientFailures: shown === 'retrying' ? 1 : 0,
    ...(shown === 'retrying' && { retriesUncounted: true }),
    nextAttemptAt: null,
    confirming: false,
    lastFailure: fails ? failed(reason) : null,
    disabledAt: shown === 'disabled' ? READ_AT : null,
    answersAgainAt: null,
  };
}

export interface ReadMailbox {
  readonly id?: string;
  readonly profile?: string | null;
  readonly version?: number;
  readonly address?: string;
  readonly approval?: ApprovalState;
  readonly name?: string;
  readonly active?: boolean;
  readonly incoming?: Shown;
  readonly outgoing?: Shown;
  readonly act?: Shown;
  readonly reason?: FailureReason;
}

/** Berit's mailbox as it was read; works unless told. */
export function readMailbox({
  id = 'berit',
  profile = 'online',
  version = 1,
  address = `${id}@contoso.com`,
  approval = 'approved',
  name = 'Berit Berg',
  active = true,
  incoming = 'works',
  outgoing = 'works',
  act = 'works',
  reason,
}: ReadMailbox = {}): Mailbox {
  return {
    id: idOf(id),
    organizationId: idOf('contoso'),
    name,
    address,
    kind: 'user',
    ownerId: idOf('berit-owner'),
    profileId: profile === null ? null : idOf(profile),
    active,
    approval: { state: approval, decidedBy: null, decidedAt: null },
    directions: {
      incoming: directionThat(incoming, reason),
      outgoing: directionThat(outgoing, reason),
      act: directionThat(act, reason),
    },
    pendingSend: 0,
    version,
  };
}

export function raisedAlert(direction: Direction, changes: Partial<Alert> = {}): Alert {
  return {
    id: idOf(`alert-${direction}`),
    topic: idOf('bad-credentials'),
    level: 'error',
    scope: 'mailbox',
    nature: 'permanent',
    mailboxId: idOf('berit'),
    profileId: idOf('online'),
    direction,
    slots: { mailbox: 'Berit Berg' },
    raisedAt: READ_AT,
    closedAt: null,
    ...changes,
  };
}

export function readProfile(changes: Partial<EmailServerProfile> = {}): EmailServerProfile {
  const server = { protocol: 'graph', host: 'outlook.office365.com', port: 443, tls: 'implicit' };
  return {
    id: idOf('online'),
    organizationId: idOf('contoso'),
    name: 'Microsoft Exchange Online',
    serverType: 'exchange-online',
    incoming: server,
    outgoing: server,
    credentialSource: 'server-to-server',
    autodiscover: false,
    impersonation: false,
    ownerId: idOf('profile-owner'),
    replica: false,
    ...changes,
  } as EmailServerProfile;
}
