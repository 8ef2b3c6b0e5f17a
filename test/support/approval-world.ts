import { type Approvals, createApprovals } from '../../services/approvals/index.ts';
import type { AuditEntry } from '../../services/domain/audit.ts';
import { type ApprovalRequestId, idOf, type MailboxId } from '../../services/domain/ids.ts';
import type { Person } from '../../services/domain/person.ts';
import type { SyncEngine } from '../../services/sync-engine/index.ts';
import { silentLog } from './silent-log.ts';
import { createSyncWorld, type SyncWorld } from './sync-world.ts';

export const OLGA = idOf<MailboxId>('olga');

export function person(
  id: string,
  roles: Person['roles'],
  privileges: Person['privileges'] = ['approve-email-addresses'],
): Person {
  return { id: idOf(id), name: id, email: `${id}@contoso.test`, roles, privileges };
}
export const sam = person('sam', ['system-administrator']);
export const grace = person('grace', ['system-administrator', 'global-administrator']);
export const gustav = person('gustav', ['system-administrator', 'exchange-administrator']);
export const onlyGlobal = person('only-global', ['global-administrator']);
export const stranger = person('stranger', []);

export interface ApprovalWorld extends SyncWorld {
  readonly approvals: Approvals;
  readonly people: Map<Person['id'], Person>;
  readonly redrawn: MailboxId[];
  readonly kicks: () => number;
  audit(): Promise<Pick<AuditEntry, 'actor' | 'action' | 'outcome'>[]>;
  askedBy(who: Person, key?: string): Promise<ApprovalRequestId>;
}

export async function createApprovalWorld(
  options: Parameters<typeof createSyncWorld>[0] = {},
  wrap: (engine: SyncEngine) => SyncEngine = (engine) => engine,
): Promise<ApprovalWorld> {
  const world = await createSyncWorld(options);
  const all = [sam, grace, gustav, onlyGlobal, stranger, person('olga', [])];
  const people = new Map(all.map((each) => [each.id, each]));
  const redrawn: MailboxId[] = [];
  let kicks = 0;
  const approvals = createApprovals({
    store: world.store,
    engine: wrap(world.engine),
    directory: {
      person: async (id) => people.get(id),
      withRole: async (role) => [...people.values()].filter(({ roles }) => roles.includes(role)),
    },
    clock: world.scheduler,
    log: silentLog,
    enqueueCopyUpdates: async (_, mailboxIds) => {
      redrawn.push(...mailboxIds);
    },
    kick: () => (kicks += 1),
  });
  return {
    ...world,
    approvals,
    people,
    redrawn,
    kicks: () => kicks,
    async audit() {
      const entries = await world.store.readAudit(100);
      return entries.map(({ actor, action, outcome }) => ({ actor, action, outcome })).reverse();
    },
    async askedBy(who, key = `ask-${who.id}`) {
      const outcome = await approvals.request({
        mailboxId: OLGA,
        requestedBy: who,
        reason: 'Please',
        key,
      });
      if (!('request' in outcome)) throw new TypeError(outcome.kind);
      return outcome.request.id;
    },
  };
}
