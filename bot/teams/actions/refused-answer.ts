import { type ActionRefusedView, actionRefusedCard } from '../../../cards/index.ts';
import type { MailboxId } from '../../../services/domain/ids.ts';
import { missingApprovalTopic } from '../../../services/domain/permission.ts';
import type { ActionRefusal, NotOffered } from '../../../services/sync-engine/index.ts';
import { mailboxView, personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';

type NotDone =
  | Extract<ActionRefusal, { kind: 'no-effect' | 'not-permitted' | 'refused' }>
  | NotOffered;

export const isNotDone = (refusal: ActionRefusal | NotOffered): refusal is NotDone =>
  ['no-effect', 'not-permitted', 'not-offered', 'refused'].includes(refusal.kind);

/** Wishes about an address, which lead to the article about approvals. */
const ABOUT_APPROVAL: readonly ActionRefusedView['wish'][] = ['approve', 'reject', 'test'];

/** Says why the system of record did not do it, in whose words, and what to do about it. */
export async function refusedAnswer(
  refusal: NotDone,
  { wish, mailboxId }: Pick<ActionRefusedView, 'wish'> & { readonly mailboxId: MailboxId },
  asker: Asker,
  services: BotServices,
): Promise<ActionAnswer> {
  const context = await visibleContext(services, mailboxId, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  const mailbox = await mailboxView(services, context, asker.viewer, asker.t);
  const aboutApproval = ABOUT_APPROVAL.includes(wish)
    ? missingApprovalTopic(context.profile?.serverType)
    : null;
  const view: ActionRefusedView = {
    mailbox,
    wish,
    why: refusal.kind === 'not-permitted' ? refusal.lacks : refusal.kind,
    reply: 'reply' in refusal ? refusal.reply : null,
    article: refusal.kind === 'refused' ? await explaining(refusal.reply, services) : aboutApproval,
  };
  return plainAnswer(actionRefusedCard(view, asker.t));
}

/** The one article that the reply's words or code name; several would explain nothing. */
async function explaining(
  reply: string,
  { knowledge }: Pick<BotServices, 'knowledge'>,
): Promise<string | null> {
  const { outcome, matches } = await knowledge.diagnose(reply);
  const [only, more] = matches;
  return outcome === 'match' && more === undefined ? (only?.topic ?? null) : null;
}
