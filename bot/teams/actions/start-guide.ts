import type { AlertSlots } from '../../../services/domain/alert.ts';
import { idOf, type MailboxId, type TopicId } from '../../../services/domain/ids.ts';
import { firstStep, personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, outdatedAnswer } from './action.ts';

export interface StartGuide {
  readonly topic: string;
  readonly mailboxId?: string | undefined;
  readonly slots?: { readonly [Name in keyof AlertSlots]?: string | undefined } | undefined;
}

/** Begins a repair step by step; in a shared conversation everybody goes on with the same one. */
export async function startGuide(
  asker: Asker,
  { topic, mailboxId, slots = {} }: StartGuide,
  services: BotServices,
): Promise<ActionAnswer> {
  const article = services.knowledge.article(idOf<TopicId>(topic));
  if (article === null) return outdatedAnswer(asker);
  const context =
    mailboxId === undefined
      ? null
      : await visibleContext(services, idOf<MailboxId>(mailboxId), personViewer(asker.person));
  const guide = await services.guides.start({
    topic: article.id,
    slots: Object.fromEntries(Object.entries(slots).filter(([, value]) => value !== undefined)),
    direction: null,
    mailboxId: context?.mailbox.id ?? null,
    conversationId: asker.conversationId,
    startedBy: asker.person.id,
    step: firstStep(article, context, null),
  });
  const reference = { card: 'guide', guideId: guide.id, mailboxId: guide.mailboxId } as const;
  return { ...(await answerShowing(reference, asker, services)), everybody: true };
}
