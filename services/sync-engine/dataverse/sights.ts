import type { MailboxId } from '../../domain/ids.ts';
import type { SeenMailbox } from '../../domain/seen-mailbox.ts';
import {
  type SeenServer,
  type ServerInSight,
  type ServerSight,
  serversInSight,
  sightId,
} from '../../domain/server-sight.ts';
import { HOUR_MS, MINUTE_MS } from '../../domain/time.ts';
import { asAppError } from '../../observability/index.ts';
import type { Cancel } from '../../scheduler/index.ts';
import type { Transaction } from '../../store/index.ts';
import type { AlertFor } from '../alert-for-failure.ts';
import { findWarnings } from '../early-warnings.ts';
import type { SyncEngine } from '../sync-engine.ts';
import { foretellFromSight } from './certificate-warnings.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { createServerLooks, type ServerLooksParts } from './server-looks.ts';
import type { Telling, Told } from './telling.ts';

/** Whatever nobody asks about is looked at this often: a certificate ends without anybody asking. */
const ROUND_MS = 6 * HOUR_MS;
/** By then an organization has been read that is new to this bot. */
const FIRST_MS = 10 * MINUTE_MS;

export interface SightsParts extends ServerLooksParts, Pick<DataverseParts, 'organizationId'> {
  readonly telling: Telling;
  readonly around: Pick<SyncEngine, 'organization'>;
  readonly alertFor: AlertFor;
}

export interface Sights extends Pick<SyncEngine, 'sights' | 'earlyWarnings'> {
  /** Looks at the servers of all profiles, now and every few hours. */
  start(): Promise<void>;
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The bot's own looks at the servers that Dynamics 365 speaks of, beside its verdict. Asked are only
 * the records of what was read: a card does not wait for Dynamics 365 or for a server.
 */
export function createSights(parts: SightsParts): Sights {
  const { store, scheduler, log } = parts;
  const looks = createServerLooks(parts);
  let stopRounds: Cancel = () => undefined;

  async function serversOf(seen: SeenMailbox): Promise<readonly ServerInSight[]> {
    const { profileId, mailbox } = seen;
    const used = profileId === null ? undefined : await store.get('seenProfiles', profileId);
    return used === undefined ? [] : serversInSight(used.profile, mailbox.address);
  }

  function lookSoon(server: ServerInSight, seen: SeenMailbox): void {
    const whom = seen.profileId ?? seen.id;
    looks.lookSoon(server, whom, (sight, isNews) => keep(parts, { sight, isNews }, seen));
  }

  async function round(): Promise<void> {
    const done = new Set<string>();
    for (const seen of await store.find('seenMailboxes')) {
      if (!seen.mailbox.active) continue;
      for (const server of await serversOf(seen)) {
        const name = `${sightId(server)} ${seen.profileId ?? ''}`;
        if (done.has(name)) continue;
        done.add(name);
        lookSoon(server, seen);
      }
    }
  }

  const safeRound = async (): Promise<void> => {
    try {
      await round();
    } catch (thrown) {
      log.error('servers-not-looked-at', { reason: asAppError(thrown).code });
    }
  };

  return {
    async sights(mailboxId) {
      const seen = await store.get('seenMailboxes', mailboxId);
      // What was seen while it was allowed is not told any more.
      if (seen === undefined || parts.look === null) return [];
      const known: SeenServer[] = [];
      for (const server of await serversOf(seen)) {
        const sight = await store.get('serverSights', sightId(server));
        if (sight !== undefined) known.push({ directions: server.directions, sight });
        lookSoon(server, seen);
      }
      return known;
    },
    earlyWarnings: (query) =>
      findWarnings(
        store,
        async (id: MailboxId) => profileOf(await store.get('seenMailboxes', id)),
        query,
      ),
    async start() {
      const stopFirst = scheduler.after(FIRST_MS, safeRound);
      const stopOthers = scheduler.every(ROUND_MS, safeRound);
      stopRounds = () => {
        stopFirst();
        stopOthers();
      };
      await safeRound();
    },
    settled: () => looks.settled(),
    async stop() {
      stopRounds();
      await looks.stop();
    },
  };
}

const profileOf = (seen: SeenMailbox | undefined) => seen?.profileId ?? null;

/** The sight, what is foretold by it, and that cards must show it: one transaction. */
async function keep(
  parts: SightsParts,
  { sight, isNews }: { readonly sight: ServerSight; readonly isNews: boolean },
  seen: SeenMailbox,
): Promise<void> {
  const { store, telling, around, organizationId } = parts;
  // Asked before, since nobody else can write while a transaction waits for an answer.
  const organization = await around.organization(organizationId).catch(() => undefined);
  await store.transact(async (transaction) => {
    const told = await toldAs(transaction, seen, organization);
    await transaction.put('serverSights', sight);
    if (told?.profile === undefined) return;
    const profileId = told.profile.id;
    const warnings = await foretellFromSight(
      parts,
      transaction,
      { ...told, profile: told.profile },
      sight,
    );
    const users = isNews ? await transaction.find('seenMailboxes', { profileId }) : [];
    await telling.tell(transaction, told, [
      ...warnings,
      ...(isNews ? [{ kind: 'servers-seen', mailboxIds: users.map(({ id }) => id) } as const] : []),
    ]);
  });
}

/** As they are now: a mailbox may be gone, or another's profile may be its own. */
async function toldAs(
  transaction: Transaction,
  { id }: SeenMailbox,
  organization: Told['organization'],
): Promise<Told | null> {
  const seen = await transaction.get('seenMailboxes', id);
  if (seen === undefined) return null;
  const used =
    seen.profileId === null ? undefined : await transaction.get('seenProfiles', seen.profileId);
  return { mailbox: seen.mailbox, profile: used?.profile, organization };
}
