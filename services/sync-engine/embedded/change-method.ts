import type { MailboxId, UserId } from '../../domain/ids.ts';
import type { DeliveryMethod } from '../../domain/mailbox.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import type { ActMethod, SetUpChange } from '../../domain/set-up-change.ts';
import type { SupportReason } from '../../domain/supported-configuration.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import { keptAs, keptMethods } from '../kept-change.ts';
import { doneBefore, rememberDone } from '../once.ts';
import { reasonsAgainstAct } from '../profile-change-rules.ts';
import type { ActionContext, ChangeMethodAnswer } from '../sync-engine.ts';
import { closeAlerts } from './alert-record.ts';
import { changeId } from './change-profile.ts';
import type { ChangeableRegistry } from './changeable-registry.ts';
import type { Cycle } from './cycle.ts';
import type { EngineParts } from './engine-parts.ts';
import { mailboxOf, NEVER_RUN, pendingSend, readState, withDirection } from './mailbox-records.ts';
import type { RegisteredMailbox, Registry } from './registry.ts';

/**
 * Who synchronizes appointments, contacts and tasks of a mailbox. Whatever was known of the direction
 * was true of the former method: it begins anew, not enabled, and its alerts are over.
 */
export async function changeActMethod(
  parts: EngineParts,
  changeable: ChangeableRegistry,
  cycle: Pick<Cycle, 'plan'>,
  mailboxId: MailboxId,
  method: ActMethod | 'as-registered',
  { actor, idempotencyKey, signal }: ActionContext,
): Promise<ChangeMethodAnswer> {
  const registered = parts.registry.mailboxes.get(mailboxId);
  const base = changeable.file.mailboxes.get(mailboxId);
  if (registered === undefined || base === undefined) return { kind: 'not-found' };
  signal.throwIfAborted();
  const once = { action: 'change-method', mailboxId, key: idempotencyKey };
  return parts.store.transact(async (transaction) => {
    const state = await readState(transaction, registered);
    const waiting = await pendingSend(transaction, mailboxId);
    const id = changeId(mailboxId, 'act');
    const made = await transaction.get('setUpChanges', id);
    // Of two presses at once, the registry shows the first one's only when it is on disk.
    const before = made?.part === 'act' && made.overruledAt === null ? made.now : base.methods.act;
    const earlier = await doneBefore(transaction, once);
    if (earlier !== null) {
      const did = keptMethods(earlier) ?? { before, after: before };
      const mailbox = mailboxOf(withAct(registered, before), state, waiting);
      return { kind: 'changed', ...did, mailbox, warnings: [] };
    }
    const after = method === 'as-registered' ? base.methods.act : method;
    if (before === after) {
      if (method === 'as-registered') {
        await transaction.remove('setUpChanges', id);
      }
      return { kind: 'unchanged' };
    }
    const reasons = reasonsAgainst(parts.registry, registered, after);
    const unsupported = reasons.find(({ verdict }) => verdict === 'unsupported');
    if (unsupported !== undefined) return { kind: 'unsupported', reason: unsupported };
    const at = instantOf(parts.scheduler.now());
    const kept: SetUpChange | null =
      method === 'as-registered' || after === base.methods.act
        ? null
        : {
            ...{ id, part: 'act', mailboxId, at, by: actor.userId, overruledAt: null },
            ...{ over: base.methods.act, now: method },
          };
    if (kept === null) await transaction.remove('setUpChanges', id);
    else await transaction.put('setUpChanges', kept);
    await rememberDone(transaction, parts.scheduler, once, keptAs({ before, after }));
    const next = await beginAnew(parts, transaction, registered, state, after, actor.userId);
    transaction.afterCommit(() => {
      if (kept === null) changeable.lift({ part: 'act', mailboxId } as SetUpChange);
      else changeable.lay(kept);
      cycle.plan(registered, next);
    });
    const mailbox = mailboxOf(withAct(registered, after), next, waiting);
    return { kind: 'changed', before, after, mailbox, warnings: reasons };
  });
}

function withAct(registered: RegisteredMailbox, act: DeliveryMethod): RegisteredMailbox {
  return { ...registered, methods: { ...registered.methods, act } };
}

export async function beginAnew(
  parts: Pick<EngineParts, 'emit' | 'scheduler'>,
  transaction: Transaction,
  registered: RegisteredMailbox,
  state: MailboxState,
  method: DeliveryMethod,
  by: UserId | null,
): Promise<MailboxState> {
  const next = withDirection(state, 'act', NEVER_RUN);
  await transaction.put('mailboxStates', next);
  await closeAlerts(parts, transaction, registered, 'act');
  const direction = 'act';
  await parts.emit(transaction, registered, { kind: 'method-changed', direction, method, by });
  return next;
}

/** Only what is said of ACT: the rest was so before. */
export function reasonsAgainst(
  { profiles, organizations }: Registry,
  { profileId, organizationId, kind }: RegisteredMailbox,
  act: DeliveryMethod,
): readonly SupportReason[] {
  const used = profileId === null ? undefined : profiles.get(profileId);
  const organization = organizations.get(organizationId) ?? null;
  return reasonsAgainstAct(used?.profile ?? null, organization, { kind }, act);
}
