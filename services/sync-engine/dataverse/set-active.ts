import type { MailboxId } from '../../domain/ids.ts';
import { instantOf } from '../../domain/time.ts';
import type { ActionContext, SetActiveAnswer } from '../sync-engine.ts';
import { changeMailbox } from './change-mailbox.ts';
import { keepNote } from './change-note.ts';
import type { ChangesParts } from './changes-parts.ts';
import { isActive } from './to-mailbox.ts';
import { refusalOf } from './write-refusal.ts';

/** CannotActivateMailboxForDisabledUserOrQueue. */
const OWNER_DISABLED = '0x8005e230';

const ACTIVE = { statecode: 0, statuscode: 1 };
const INACTIVE = { statecode: 1, statuscode: 2 };

export async function setActive(
  parts: ChangesParts,
  mailboxId: MailboxId,
  active: boolean,
  context: ActionContext,
): Promise<SetActiveAnswer> {
  const by = context.actor.userId;
  const done = await changeMailbox<boolean, never>(
    parts,
    mailboxId,
    {
      action: 'set-active',
      columns: ['statecode'],
      valueIn: isActive,
      decide: async (is) =>
        is === active
          ? { kind: 'unchanged' }
          : { kind: 'write', values: active ? ACTIVE : INACTIVE },
      async remember(transaction, before, after) {
        const at = instantOf(parts.scheduler.now());
        const about = { part: 'active', mailboxId } as const;
        await keepNote(transaction, { about, before, after, by, at });
        return active ? 'active' : 'inactive';
      },
    },
    context,
  );
  switch (done.kind) {
    case 'changed':
    case 'repeated':
      return { kind: 'changed', mailbox: done.mailbox };
    case 'answered': {
      const { written } = done;
      const ownerDisabled = written.code.toLowerCase() === OWNER_DISABLED;
      return ownerDisabled ? { kind: 'owner-disabled' } : refusalOf(written);
    }
    case 'stopped':
      return done.answer;
    default:
      return done;
  }
}
