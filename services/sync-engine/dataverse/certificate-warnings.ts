import { type EarlyWarning, levelAt, type ServerCertificate } from '../../domain/early-warning.ts';
import type { Failure } from '../../domain/failure.ts';
import { mailServiceAt } from '../../domain/mail-service.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import type { ServerSight } from '../../domain/server-sight.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import type { Transaction } from '../../store/index.ts';
import type { AlertFor } from '../alert-for-failure.ts';
import { causeOfCertificate, closeWarning, type Foretold, keepWarning } from '../early-warnings.ts';
import type { EventBody } from '../event-body.ts';

/** A warning of a certificate. */
type Shown = EarlyWarning & {
  readonly trouble: Extract<EarlyWarning['trouble'], { readonly kind: 'certificate-expires' }>;
};

/**
 * What a look foretells of the certificate that was shown, and what it ends: each level is told once,
 * and another certificate puts it right.
 */
export async function foretellFromSight(
  {
    scheduler,
    alertFor,
  }: { readonly scheduler: Pick<Scheduler, 'now'>; readonly alertFor: AlertFor },
  transaction: Transaction,
  { profile }: { readonly profile: EmailServerProfile },
  { endpoint: { host, port }, certificate }: ServerSight,
): Promise<readonly EventBody[]> {
  // Microsoft and Google renew their own, often late: nobody here could do anything about it.
  if (mailServiceAt(host) !== undefined) return [];
  const nowMs = scheduler.now();
  const events: EventBody[] = [];
  const foretell = async (shown: ServerCertificate): Promise<void> => {
    const level = levelAt('certificate-expires', shown.validTo, nowMs);
    if (level === null) return;
    const warning = await keepWarning(
      transaction,
      foretoldOf(shown, profile, level, alertFor),
      nowMs,
    );
    if (warning !== null) events.push({ kind: 'early-warning-raised', warning });
  };
  const open = (
    await transaction.find('earlyWarnings', { profileId: profile.id, closedAt: null })
  ).filter((warning) => isAt(warning, host, port));
  if (certificate !== null) {
    for (const warning of open) {
      if (warning.cause === causeOfCertificate(certificate)) continue;
      const elsewhere = await stillShown(transaction, warning);
      if (elsewhere === null) {
        const ended = await closeWarning(transaction, warning, nowMs);
        events.push({ kind: 'early-warning-ended', warning: ended });
      } else {
        // One certificate stands at two ports: it is put right when the last of them has another.
        const trouble = { kind: 'certificate-expires', certificate: elsewhere } as const;
        await transaction.put('earlyWarnings', { ...warning, trouble });
      }
    }
    await foretell(certificate);
    return events;
  }
  // Not seen, or refused by now: what was foretold comes nearer all the same.
  for (const { trouble } of open) await foretell(trouble.certificate);
  return events;
}

function isAt(warning: EarlyWarning, host: string, port: number): warning is Shown {
  const { trouble } = warning;
  return (
    trouble.kind === 'certificate-expires' &&
    trouble.certificate.host === host &&
    trouble.certificate.port === port
  );
}

/** Where another server of this bot's showed the same certificate when it was last looked at. */
async function stillShown(
  transaction: Transaction,
  { cause, trouble }: Shown,
): Promise<ServerCertificate | null> {
  const { host, port } = trouble.certificate;
  for (const { certificate } of await transaction.find('serverSights')) {
    if (certificate === null || causeOfCertificate(certificate) !== cause) continue;
    if (certificate.host !== host || certificate.port !== port) return certificate;
  }
  return null;
}

function foretoldOf(
  certificate: ServerCertificate,
  profile: EmailServerProfile,
  level: Foretold['level'],
  alertFor: AlertFor,
): Foretold {
  const { credentialSource, serverType } = profile;
  const failure: Failure = {
    scope: 'profile',
    nature: 'permanent',
    stage: 'tls',
    reason: 'certificate-expired',
    needsConfirmation: false,
    evidence: [],
  };
  return {
    cause: causeOfCertificate(certificate),
    trouble: { kind: 'certificate-expires', certificate },
    mailboxId: null,
    profileId: profile.id,
    topic: alertFor(failure, { direction: 'incoming', credentialSource, serverType }),
    level,
    at: certificate.validTo,
  };
}
