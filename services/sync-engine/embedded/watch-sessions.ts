import type { Protocol } from '../../domain/profile.ts';
import { asAppError } from '../../observability/index.ts';
import type { MessageSender, Probe, ProbeOutcome, ProbeRequest } from '../../probes/index.ts';
import type { EngineParts } from './engine-parts.ts';
import type { RegisteredMailbox } from './registry.ts';
import { createCertificateWatch } from './watch-certificates.ts';
import { sawPasswordEnd } from './watch-passwords.ts';
import { createQuotaWatch } from './watch-quotas.ts';

type Sessions = Pick<EngineParts, 'probes' | 'senders'>;

/**
 * The probes and senders as they are, but what their sessions saw on the way is looked at: the cycle,
 * tests and sending go on as if nobody were watching.
 */
export function watchSessions(parts: EngineParts): Sessions {
  /** As it is now: the registry may be changed while the engine runs. */
  const mailboxOf = ({
    mailboxId,
  }: Pick<ProbeRequest, 'mailboxId'>): RegisteredMailbox | undefined =>
    parts.registry.mailboxes.get(mailboxId);
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
      const mailbox = mailboxOf(request);
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
      const mailbox = mailboxOf(request);
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
