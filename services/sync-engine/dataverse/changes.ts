import type { MailboxId } from '../../domain/ids.ts';
import type { ActionContext, ActionRefusal, NotOffered, SyncEngine } from '../sync-engine.ts';
import { cancelMessages } from './cancel-messages.ts';
import { changeActMethod } from './change-act-method.ts';
import { changeProfile, checkProfileChange, forgetOverruled } from './change-profile.ts';
import { asPerson, type ChangesParts } from './changes-parts.ts';
import { setActive } from './set-active.ts';
import { setUpChanges } from './set-up-changes.ts';

type Changes = Pick<
  SyncEngine,
  | 'setUpChanges'
  | 'checkProfileChange'
  | 'changeProfile'
  | 'forgetOverruled'
  | 'changeActMethod'
  | 'setActive'
  | 'submit'
  | 'holdMessages'
  | 'releaseMessages'
  | 'cancelMessages'
>;

/**
 * Dynamics 365 holds no message back and sends it later: its statuses have none for that. Messages
 * are written in Dynamics 365, where whom they regard and who may read them is known.
 */
async function notOffered(
  { api }: Pick<ChangesParts, 'api'>,
  mailboxId: MailboxId,
  { signal }: ActionContext,
): Promise<NotOffered | Extract<ActionRefusal, { readonly kind: 'not-found' }>> {
  const row = await api.get('mailboxes', mailboxId, { select: ['mailboxid'] }, asPerson(signal));
  return { kind: row === undefined ? 'not-found' : 'not-offered' };
}

/** What buttons change of mailboxes, profiles and messages, as the person who presses them. */
export function createChanges(parts: ChangesParts): Changes {
  return {
    setUpChanges: (mailboxId) => setUpChanges(parts, mailboxId),
    checkProfileChange: (profileId, change) => checkProfileChange(parts, profileId, change),
    changeProfile: (profileId, change, context) => changeProfile(parts, profileId, change, context),
    forgetOverruled: (profileId, part, context) => forgetOverruled(parts, profileId, part, context),
    changeActMethod: (mailboxId, method, context) =>
      changeActMethod(parts, mailboxId, method, context),
    setActive: (mailboxId, active, context) => setActive(parts, mailboxId, active, context),
    submit: ({ mailboxId }, context) => notOffered(parts, mailboxId, context),
    holdMessages: (mailboxId, _before, context) => notOffered(parts, mailboxId, context),
    releaseMessages: (mailboxId, _before, context) => notOffered(parts, mailboxId, context),
    cancelMessages: (mailboxId, before, context) =>
      cancelMessages(parts, mailboxId, before, context),
  };
}
