import { createHash } from 'node:crypto';
import { type EarlyWarningKind, levelAt } from '../../domain/early-warning.ts';
import type { Failure, FailureReason } from '../../domain/failure.ts';
import type { MailboxId, TopicId } from '../../domain/ids.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import type { Instant } from '../../domain/time.ts';
import type { Foretold } from '../early-warnings.ts';
import type { EngineParts } from './engine-parts.ts';
import type { CredentialReference } from './registry.ts';
import { applicationOf, expiringSecret } from './registry-credentials.ts';
import { metBy, type SwitchOff } from './switch-offs.ts';

type Parts = Pick<EngineParts, 'registry' | 'scheduler' | 'alertFor'>;

/** What the registry foretells: secrets that expire, and ways in that are switched off. */
export function foretoldByRegistry(
  parts: Parts,
  switchOffs: readonly SwitchOff[],
): readonly Foretold[] {
  const { registry, scheduler } = parts;
  const foretold: Foretold[] = [];
  const add = (trouble: Omit<Foretold, 'level'> & { readonly at: Instant }): void => {
    const level = levelAt(trouble.trouble.kind, trouble.at, scheduler.now());
    if (level !== null) foretold.push({ ...trouble, level });
  };
  for (const used of registry.profiles.values()) {
    const { profile } = used;
    for (const reference of [used.credentials, used.outgoingCredentials]) {
      const expiry = expiryOf(parts, profile, null, reference);
      if (expiry !== null) add(expiry);
    }
    for (const switchOff of switchOffs) {
      const endpoint = metBy(switchOff, used);
      if (endpoint === undefined) continue;
      const { id, at, topic } = switchOff;
      const trouble = { kind: 'switch-off', switchOff: id, host: endpoint.host } as const;
      const cause = `switch-off:${id}:${at.slice(0, 10)}`;
      add({ cause, trouble, mailboxId: null, profileId: profile.id, topic, at });
    }
  }
  for (const { id, profileId, credentials, outgoingCredentials } of registry.mailboxes.values()) {
    const profile = profileId === null ? undefined : registry.profiles.get(profileId)?.profile;
    if (profile === undefined) continue;
    for (const reference of [credentials, outgoingCredentials]) {
      const expiry = expiryOf(parts, profile, id, reference);
      if (expiry !== null) add(expiry);
    }
  }
  return foretold;
}

/** Two profiles that name the same secret share its end: the cause is the secret, not who uses it. */
function expiryOf(
  parts: Parts,
  profile: EmailServerProfile,
  mailboxId: MailboxId | null,
  credentials: CredentialReference | null | undefined,
): (Omit<Foretold, 'level'> & { readonly at: Instant }) | null {
  if (credentials === null || credentials === undefined) return null;
  const isPassword = credentials.kind === 'password';
  const reference = expiringSecret(credentials);
  const at = reference?.expiresAt;
  if (reference === undefined || at === undefined) return null;
  const trouble = isPassword
    ? ({ kind: 'password-expires', userName: credentials.userName } as const)
    : ({ kind: 'secret-expires', clientId: clientOf(credentials) } as const);
  const place = createHash('sha256').update(JSON.stringify(reference)).digest('hex').slice(0, 24);
  const reason = isPassword ? 'password-expired' : 'credentials-rejected';
  return {
    cause: `${trouble.kind}:${place}`,
    trouble,
    mailboxId,
    profileId: profile.id,
    topic: topicFor(parts, profile, reason),
    at,
  };
}

function clientOf(credentials: Exclude<CredentialReference, { kind: 'password' }>): string {
  return credentials.kind === 'oauth' ? applicationOf(credentials.source) : credentials.clientId;
}

/** The article of the failure that is ahead explains it beforehand, too. */
export function topicFor(
  { alertFor }: Pick<EngineParts, 'alertFor'>,
  { credentialSource, serverType }: EmailServerProfile,
  reason: FailureReason,
): TopicId {
  const failure: Failure = {
    scope: 'profile',
    nature: 'permanent',
    stage: 'authenticate',
    reason,
    needsConfirmation: false,
    evidence: [],
  };
  return alertFor(failure, { direction: 'incoming', credentialSource, serverType });
}

/** Those that only the registry decides about: when it foretells them no more, they have ended. */
export const BY_REGISTRY: ReadonlySet<EarlyWarningKind> = new Set([
  'secret-expires',
  'password-expires',
  'switch-off',
]);
