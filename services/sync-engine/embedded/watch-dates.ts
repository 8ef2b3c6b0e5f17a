import { type EarlyWarning, levelAt } from '../../domain/early-warning.ts';
import { limitUse, noFlow } from '../../domain/exchange-online-limits.ts';
import { HOUR_MS } from '../../domain/time.ts';
import { asAppError } from '../../observability/index.ts';
import type { Cancel } from '../../scheduler/index.ts';
import { type Foretold, warningId } from '../early-warnings.ts';
import { endWarning, raiseWarning } from './early-warnings.ts';
import type { EngineParts } from './engine-parts.ts';
import { BY_REGISTRY, foretoldByRegistry } from './foretold-troubles.ts';
import type { RegisteredProfile } from './registry.ts';
import type { SwitchOff } from './switch-offs.ts';
import { TOLD_BY_SERVER } from './watch-passwords.ts';

/** Dates need a look a day; limits of an hour are over sooner. */
const LOOK_GAP_MS = HOUR_MS;

/** Looks at the calendar at every start and every hour; the store knows what was said. */
export async function watchDates(
  parts: EngineParts,
  switchOffs: readonly SwitchOff[],
): Promise<Cancel> {
  const look = async (): Promise<void> => {
    try {
      await lookAhead(parts, switchOffs);
    } catch (thrown) {
      parts.log.error('dates-not-watched', { reason: asAppError(thrown).code });
    }
  };
  await look();
  return parts.scheduler.every(LOOK_GAP_MS, look);
}

async function lookAhead(parts: EngineParts, switchOffs: readonly SwitchOff[]): Promise<void> {
  const { store } = parts;
  const open = new Map(
    (await store.find('earlyWarnings', { closedAt: null })).map((warning) => [warning.id, warning]),
  );
  const foretold = new Map(
    foretoldByRegistry(parts, switchOffs).map((trouble) => [warningId(trouble), trouble]),
  );
  for (const [id, trouble] of foretold) {
    const before = open.get(id);
    if (before?.level === trouble.level) continue;
    // What was switched off before anybody was warned is no warning: it fails and is told by that.
    const tooLate = trouble.trouble.kind === 'switch-off' && trouble.level === 'over';
    if (before === undefined && tooLate) continue;
    await store.transact((transaction) => raiseWarning(parts, transaction, trouble));
  }
  for (const warning of open.values()) {
    if (foretold.has(warning.id)) continue;
    const now = await asOfNow(parts, warning);
    if (now !== null && now.level === warning.level) continue;
    await store.transact((transaction) =>
      now === null
        ? endWarning(parts, transaction, warning)
        : raiseWarning(parts, transaction, now),
    );
  }
}

/** How near it is by now; null where it holds no more. */
async function asOfNow(
  { registry, store, scheduler }: EngineParts,
  warning: EarlyWarning,
): Promise<Foretold | null> {
  const { trouble, mailboxId, at } = warning;
  if (BY_REGISTRY.has(trouble.kind) && !warning.cause.startsWith(TOLD_BY_SERVER)) return null;
  const used = registry.profiles.get(warning.profileId);
  if (used === undefined) return null;
  if (mailboxId !== null && registry.mailboxes.get(mailboxId)?.profileId !== warning.profileId) {
    return null;
  }
  const level = at === null ? warning.level : levelAt(trouble.kind, at, scheduler.now());
  switch (trouble.kind) {
    case 'certificate-expires':
      return level !== null && uses(used, trouble.certificate) ? { ...warning, level } : null;
    case 'limit-near': {
      const flow = (await store.get('mailFlows', mailboxId ?? '')) ?? noFlow(mailboxId ?? '');
      const use = limitUse(flow, trouble.use.limit, scheduler.now());
      return use.level === null
        ? null
        : { ...warning, level: use.level, trouble: { ...trouble, use } };
    }
    default:
      return level === null ? null : { ...warning, level };
  }
}

/** Servers of Exchange are found anew each time; a mail server's endpoint stands in the profile. */
function uses(
  { profile, exchange }: RegisteredProfile,
  { host, port }: { readonly host: string; readonly port: number },
): boolean {
  if (exchange !== undefined) return true;
  return [profile.incoming, profile.outgoing].some(
    (endpoint) => endpoint.host === host && endpoint.port === port,
  );
}
