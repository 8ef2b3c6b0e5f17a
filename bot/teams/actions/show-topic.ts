import type { AlertSlots } from '../../../services/domain/alert.ts';
import { idOf, type MailboxId, type TopicId } from '../../../services/domain/ids.ts';
import { personViewer, referenceOf, visibleContext } from '../../present/index.ts';
import { asAnswer } from '../as-answer.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing } from './action.ts';

export interface ShowTopic {
  readonly topic: string;
  readonly mailboxId?: string | undefined;
  readonly slots?: { readonly [Name in keyof AlertSlots]?: string | undefined } | undefined;
}

/** Card data is hostile: slots are shown as text, and a mailbox only to who may see it. */
export async function showTopic(
  asker: Asker,
  { topic, mailboxId, slots = {} }: ShowTopic,
  services: BotServices,
): Promise<ActionAnswer> {
  const match = {
    topic: idOf<TopicId>(topic),
    confidence: 1,
    slots: Object.fromEntries(Object.entries(slots).filter(([, value]) => value !== undefined)),
    direction: null,
    code: null,
    nature: null,
  };
  const found = await referenceOf(services, match, asker.person);
  const context =
    mailboxId === undefined
      ? null
      : await visibleContext(services, idOf<MailboxId>(mailboxId), personViewer(asker.person));
  const about = { ...found, mailboxId: context?.mailbox.id ?? found.mailboxId };
  const how = { foundBy: 'choice', confidence: 1 } as const;
  return answerShowing(await asAnswer(asker, about, how, services), asker, services);
}
