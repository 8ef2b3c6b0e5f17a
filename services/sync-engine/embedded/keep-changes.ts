import {
  isOfProfile,
  type OfProfile,
  type ProfileChange,
  type SetUpChange,
} from '../../domain/set-up-change.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import { partOf, sameValue } from '../profile-parts.ts';
import { beginAnew, reasonsAgainst } from './change-method.ts';
import { tellProfileChanged } from './change-profile.ts';
import type { ChangeableRegistry } from './changeable-registry.ts';
import { judgeChange } from './check-profile-change.ts';
import type { EngineParts } from './engine-parts.ts';
import { readState } from './mailbox-records.ts';

type Standing = 'stands' | 'in-the-file' | 'overruled' | 'gone';

/**
 * Before anything is done with the registry: what was changed by buttons is laid over it again. A
 * change was made over one value; where the file names another one by now, whoever wrote it knew
 * better, and the file counts.
 */
export async function keepChanges(
  parts: EngineParts,
  changeable: ChangeableRegistry,
): Promise<void> {
  const { store, log } = parts;
  for (const change of await store.find('setUpChanges')) {
    if (change.overruledAt !== null) continue;
    const standing = standingOf(changeable, change);
    if (standing === 'stands') {
      changeable.lay(change);
      continue;
    }
    const { id, part, by } = change;
    if (standing === 'overruled') log.warn('set-up-change-overruled', { id, part, by });
    else log.info('set-up-change-ended', { id, part, standing });
    await store.transact(async (transaction) => {
      if (standing !== 'overruled') return transaction.remove('setUpChanges', id);
      const overruledAt = instantOf(parts.scheduler.now());
      await transaction.put('setUpChanges', { ...change, overruledAt });
      await tell(parts, transaction, change);
    });
  }
}

async function tell(
  parts: EngineParts,
  transaction: Transaction,
  change: SetUpChange,
): Promise<void> {
  if (isOfProfile(change)) {
    return tellProfileChanged(parts, transaction, change.profileId, change.part, null);
  }
  const registered = parts.registry.mailboxes.get(change.mailboxId);
  if (registered === undefined || change.part !== 'act') return;
  const state = await readState(transaction, registered);
  await beginAnew(parts, transaction, registered, state, registered.methods.act, null);
}

function standingOf({ file, registry }: ChangeableRegistry, change: SetUpChange): Standing {
  if (change.part === 'active') {
    const base = file.mailboxes.get(change.mailboxId);
    if (base === undefined) return 'gone';
    // Of two values only: what the file has is the one or the other.
    return base.active === change.now ? 'in-the-file' : 'stands';
  }
  if (change.part === 'act') {
    const base = file.mailboxes.get(change.mailboxId);
    if (base === undefined) return 'gone';
    const { act } = base.methods;
    if (act === change.now) return 'in-the-file';
    const refused = reasonsAgainst(registry, base, change.now).some(
      ({ verdict }) => verdict === 'unsupported',
    );
    return act === change.over && !refused ? 'stands' : 'overruled';
  }
  const base = file.profiles.get(change.profileId);
  const used = registry.profiles.get(change.profileId);
  if (base === undefined || used === undefined) return 'gone';
  const inFile = partOf(base.profile, change.part);
  if (sameValue(inFile, change.now)) return 'in-the-file';
  if (!sameValue(inFile, change.over)) return 'overruled';
  const judged = judgeChange(registry, change.profileId, used, base, wishOf(change));
  return 'kind' in judged ? 'overruled' : 'stands';
}

/** What somebody wished who made this change; one that cleared a channel was never made. */
function wishOf(change: OfProfile): ProfileChange {
  if (change.part !== 'location') {
    const { part, now } = change;
    const tls = now.tls === 'implicit' ? 'implicit' : 'starttls';
    return { kind: 'set-endpoint', side: part, ...now, tls };
  }
  return change.now === null
    ? { kind: 'search-location' }
    : { kind: 'fix-location', url: change.now };
}
