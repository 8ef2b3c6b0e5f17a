import { levelAt, type ServerCertificate, type WarningLevel } from '../../domain/early-warning.ts';
import { mailServiceAt } from '../../domain/mail-service.ts';
import { causeOfCertificate } from '../early-warnings.ts';
import { endWarning, raiseWarning } from './early-warnings.ts';
import type { EngineParts } from './engine-parts.ts';
import { topicFor } from './foretold-troubles.ts';
import type { RegisteredMailbox, RegisteredProfile } from './registry.ts';

interface Sight {
  readonly certificate: ServerCertificate;
  readonly level: WarningLevel | null;
}

/**
 * The store is asked when an endpoint shows something new and never for what was seen before, or
 * every healthy session would read it. After a restart the first session of each endpoint asks.
 */
export function createCertificateWatch(parts: EngineParts) {
  const { registry, store, scheduler } = parts;
  const sights = new Map<string, Sight>();

  async function sawOne(used: RegisteredProfile, certificate: ServerCertificate): Promise<void> {
    const { profile } = used;
    const { host, port, fingerprint, validTo } = certificate;
    const place = `${profile.id} ${host}:${port}`;
    const level = levelAt('certificate-expires', validTo, scheduler.now());
    const known = sights.get(place);
    if (known?.certificate.fingerprint === fingerprint && known.level === level) return;
    sights.set(place, { certificate, level });
    const open = (
      await store.find('earlyWarnings', { profileId: profile.id, closedAt: null })
    ).filter(
      ({ trouble, cause }) =>
        trouble.kind === 'certificate-expires' &&
        trouble.certificate.host === host &&
        trouble.certificate.port === port &&
        cause !== causeOfCertificate(certificate),
    );
    if (level === null && open.length === 0) return;
    try {
      await store.transact(async (transaction) => {
        for (const warning of open) {
          const elsewhere = stillSeen(profile.id, warning.cause);
          // One certificate stands at two ports: it is put right when the last of them has another.
          if (elsewhere === undefined) await endWarning(parts, transaction, warning);
          else {
            const trouble = { kind: 'certificate-expires', certificate: elsewhere } as const;
            await transaction.put('earlyWarnings', { ...warning, trouble });
          }
        }
        if (level === null) return;
        await raiseWarning(parts, transaction, {
          cause: causeOfCertificate(certificate),
          trouble: { kind: 'certificate-expires', certificate },
          mailboxId: null,
          profileId: profile.id,
          topic: topicFor(parts, profile, 'certificate-expired'),
          level,
          at: validTo,
        });
      });
    } catch (thrown) {
      sights.delete(place);
      throw thrown;
    }
  }

  function stillSeen(profileId: string, cause: string): ServerCertificate | undefined {
    for (const [place, { certificate }] of sights) {
      if (place.startsWith(`${profileId} `) && causeOfCertificate(certificate) === cause)
        return certificate;
    }
    return undefined;
  }

  return {
    async saw(
      { profileId }: RegisteredMailbox,
      certificates: readonly ServerCertificate[],
    ): Promise<void> {
      const used = profileId === null ? undefined : registry.profiles.get(profileId);
      if (used === undefined) return;
      for (const certificate of certificates) {
        if (isOwn(used, certificate)) await sawOne(used, certificate);
      }
    },
  };
}

/** Microsoft and Google renew their own, often late: nobody here could do anything about it. */
function isOwn({ profile, credentials }: RegisteredProfile, { host }: ServerCertificate): boolean {
  if (profile.serverType === 'exchange-online' && !profile.replica) return false;
  if (mailServiceAt(host) !== undefined) return false;
  const signsInElsewhere =
    credentials?.kind === 'client-credentials' && new URL(credentials.authority).hostname === host;
  return !signsInElsewhere || profile.replica;
}
