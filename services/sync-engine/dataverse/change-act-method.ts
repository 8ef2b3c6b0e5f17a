import { idOf, type MailboxId, type ProfileId } from '../../domain/ids.ts';
import type { DeliveryMethod } from '../../domain/mailbox.ts';
import type { ActMethod } from '../../domain/set-up-change.ts';
import type { SupportReason } from '../../domain/supported-configuration.ts';
import { instantOf } from '../../domain/time.ts';
import { keptAs, keptMethods } from '../kept-change.ts';
import { reasonsAgainstAct } from '../profile-change-rules.ts';
import type { ActionContext, ChangeMethodAnswer } from '../sync-engine.ts';
import { changeMailbox } from './change-mailbox.ts';
import { keepNote, noteId } from './change-note.ts';
import { asPerson, type ChangesParts } from './changes-parts.ts';
import { freshProfile } from './fresh-profile.ts';
import { ACT_METHODS, numberFor, wordFor } from './option-sets.ts';
import { keyIn } from './row-values.ts';
import { kindOf } from './to-mailbox.ts';
import type { Row } from './web-api.ts';
import { refusalOf } from './write-refusal.ts';

type Unsupported = Extract<ChangeMethodAnswer, { readonly kind: 'unsupported' }>;

const COLUMNS = [
  'actdeliverymethod',
  '_emailserverprofile_value',
  '_regardingobjectid_value',
] as const;

/** `as-registered`: what it was before buttons changed it. The direction is not enabled by it. */
export async function changeActMethod(
  parts: ChangesParts,
  mailboxId: MailboxId,
  method: ActMethod | 'as-registered',
  context: ActionContext,
): Promise<ChangeMethodAnswer> {
  const by = context.actor.userId;
  const about = { part: 'act', mailboxId } as const;
  let reasons: readonly SupportReason[] = [];
  const done = await changeMailbox<DeliveryMethod, Unsupported>(
    parts,
    mailboxId,
    {
      action: 'change-method',
      columns: COLUMNS,
      valueIn: (row) => wordFor(ACT_METHODS, row.actdeliverymethod) ?? 'none',
      async decide(is, row) {
        const wanted = method === 'as-registered' ? await formerly(parts, mailboxId, is) : method;
        if (wanted === is) return { kind: 'unchanged' };
        reasons = await reasonsAgainst(parts, row, wanted, context.signal);
        const reason = reasons.find(({ verdict }) => verdict === 'unsupported');
        if (reason !== undefined) {
          return { kind: 'stopped', answer: { kind: 'unsupported', reason } };
        }
        return { kind: 'write', values: { actdeliverymethod: numberFor(ACT_METHODS, wanted) } };
      },
      async remember(transaction, before, after) {
        const at = instantOf(parts.scheduler.now());
        await keepNote(transaction, { about, before, after, by, at });
        return keptAs({ before, after });
      },
    },
    context,
  );
  switch (done.kind) {
    case 'changed':
      return { ...done, warnings: reasons };
    case 'repeated': {
      const { act } = done.mailbox.directions;
      const did = keptMethods(done.result) ?? { before: act.method, after: act.method };
      return { kind: 'changed', ...did, mailbox: done.mailbox, warnings: [] };
    }
    case 'stopped':
      return done.answer;
    case 'unchanged':
      return { kind: 'unchanged' };
    case 'answered':
      return refusalOf(done.written);
    default:
      return done;
  }
}

/** As it is, where no change by a button stands. */
async function formerly(
  { store }: ChangesParts,
  mailboxId: MailboxId,
  is: DeliveryMethod,
): Promise<DeliveryMethod> {
  const note = await store.get('setUpChanges', noteId({ part: 'act', mailboxId }));
  return note?.part === 'act' && note.overruledAt === null && note.now === is ? note.over : is;
}

async function reasonsAgainst(
  parts: ChangesParts,
  row: Row,
  act: DeliveryMethod,
  signal: AbortSignal,
): Promise<readonly SupportReason[]> {
  const profileId = keyIn(row, '_emailserverprofile_value');
  const fresh =
    profileId === null
      ? undefined
      : await freshProfile(parts, idOf<ProfileId>(profileId), asPerson(signal));
  const organization = (await parts.organization()) ?? null;
  return reasonsAgainstAct(fresh?.profile ?? null, organization, { kind: kindOf(row) }, act);
}
