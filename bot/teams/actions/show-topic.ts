import type { AlertSlots } from '../../../services/domain/alert.ts';
import { idOf, type MailboxId, type TopicId } from '../../../services/domain/ids.ts';
import { personViewer, referenceOf, visibleContext } from '../../present/index.ts';
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
  const reference = await referenceOf(services, match, asker.person);
  if (mailboxId === undefined) return answerShowing(reference, asker, services);
  const id = idOf<MailboxId>(mailboxId);
  const context = await visibleContext(services, id, personViewer(asker.person));
  return answerShowing(
    { ...reference, mailboxId: context?.mailbox.id ?? reference.mailboxId },
    asker,
    services,
  );
}
