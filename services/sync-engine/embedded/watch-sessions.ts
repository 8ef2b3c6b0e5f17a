import { levelAt, type ServerCertificate, type WarningLevel } from '../../domain/early-warning.ts';
import { idOf } from '../../domain/ids.ts';
import { mailServiceAt } from '../../domain/mail-service.ts';
import type { Protocol } from '../../domain/profile.ts';
import { asAppError } from '../../observability/index.ts';
import type { MessageSender, Probe, ProbeOutcome, ProbeRequest } from '../../probes/index.ts';
import { endWarning, raiseWarning } from './early-warnings.ts';
import type { EngineParts } from './engine-parts.ts';
import { topicFor } from './foretold-troubles.ts';
import type { RegisteredMailbox, RegisteredProfile } from './registry.ts';
import { sawPasswordEnd } from './watch-passwords.ts';
import { createQuotaWatch } from './watch-quotas.ts';

type Sessions = Pick<EngineParts, 'probes' | 'senders'>;

/**
 * The probes and senders as they are, but what their sessions saw on the way is looked at: the cycle,
 * tests and sending go on as if nobody were watching.
 */
export function watchSessions(parts: EngineParts): Sessions {
  const ids = new Map(
    [...parts.registry.mailboxes.values()].map(({ address, id }) => [address, id]),
  );
  /** As it is now: the registry may be changed while the engine runs. */
  const mailboxAt = (address: string): RegisteredMailbox | undefined =>
    parts.registry.mailboxes.get(ids.get(address) ?? idOf(''));
  const certificates = createCertificateWatch(parts);
  const quotas = createQuotaWatch(parts);

  async function saw(mailbox: RegisteredMailbox, outcome: ProbeOutcome): Promise<void> {
    try {
      if (outcome.outcome === 'cancelled') return;
      await certificates.saw(mailbox, outcome.certificates ?? []);
      if (outcome.outcome !== 'passed') return;
      await quotas.saw(mailbox, outcome.quotas);
      const { passwordEndsAt } = outcome;
      if (passwordEndsAt !== undefined) await sawPasswordEnd(parts, mailbox, passwordEndsAt);
    } catch (thrown) {
      // What lies ahead must not spoil what is being done now.
      parts.log.error('session-not-watched', { reason: asAppError(thrown).code });
    }
  }

  const watchedProbe = (probe: Probe): Probe => ({
    protocol: probe.protocol,
    get findsMessages() {
      return probe.findsMessages === true;
    },
    async run(request: ProbeRequest) {
      const mailbox = mailboxAt(request.address);
      if (mailbox === undefined) return probe.run(request);
      const ask = request.direction === 'incoming' && quotas.isDue(mailbox.id);
      // Of a service account only its administrator knows the address that would be asked for.
      const askPasswordEnd = mailbox.credentials?.kind === 'password';
      const outcome = await probe.run(
        ask ? { ...request, askQuota: true, askPasswordEnd } : request,
      );
      await saw(mailbox, outcome);
      return outcome;
    },
  });
  const watchedSender = (sender: MessageSender): MessageSender => ({
    async send(request) {
      const outcome = await sender.send(request);
      const mailbox = mailboxAt(request.address);
      if (mailbox !== undefined) await saw(mailbox, outcome);
      return outcome;
    },
  });
  return {
    probes: each(parts.probes, watchedProbe),
    senders: each(parts.senders, watchedSender),
  };
}

function each<Item>(
  items: Partial<Readonly<Record<Protocol, Item>>>,
  change: (item: Item) => Item,
): Partial<Readonly<Record<Protocol, Item>>> {
  return Object.fromEntries(
    Object.entries(items).map(([protocol, item]) => [protocol, change(item)]),
  );
}

interface Sight {
  readonly certificate: ServerCertificate;
  readonly level: WarningLevel | null;
}

/**
 * The store is asked when an endpoint shows something new and never for what was seen before, or
 * every healthy session would read it. After a restart the first session of each endpoint asks.
 */
function createCertificateWatch(parts: EngineParts) {
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
        cause !== causeOf(certificate),
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
          cause: causeOf(certificate),
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
      if (place.startsWith(`${profileId} `) && causeOf(certificate) === cause) return certificate;
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

function causeOf({ fingerprint }: ServerCertificate): string {
  return `certificate:${fingerprint.replaceAll(':', '').toLowerCase()}`;
}

/** Microsoft and Google renew their own, often late: nobody here could do anything about it. */
function isOwn({ profile, credentials }: RegisteredProfile, { host }: ServerCertificate): boolean {
  if (profile.serverType === 'exchange-online' && !profile.replica) return false;
  if (mailServiceAt(host) !== undefined) return false;
  const signsInElsewhere =
    credentials?.kind === 'client-credentials' && new URL(credentials.authority).hostname === host;
  return !signsInElsewhere || profile.replica;
}
