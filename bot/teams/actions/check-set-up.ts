import { ANSWER_FIELD, DONT_KNOW, setUpCard } from '../../../cards/index.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import {
  CHOSEN_FACTS,
  TICKED_FACTS,
  withChoice,
  withTicks,
} from '../../../services/domain/set-up-questions.ts';
import type { Fact, SetUp } from '../../../services/domain/supported-configuration.ts';
import { knownSetUp, personViewer, setUpView, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';

export interface CheckSetUp {
  readonly mailboxId?: string | undefined;
  readonly facts: SetUp;
  readonly skipped: readonly Fact[];
  /** What the card that was answered had asked for. */
  readonly asked: readonly Fact[];
  readonly fields: Readonly<Record<string, string>>;
}

/** One question after the other until it can be said whether the set-up is supported. Keeps nothing. */
export async function checkSetUp(
  asker: Asker,
  { mailboxId, facts, skipped, asked, fields }: CheckSetUp,
  services: BotServices,
): Promise<ActionAnswer> {
  const context =
    mailboxId === undefined
      ? null
      : await visibleContext(services, idOf<MailboxId>(mailboxId), personViewer(asker.person));
  if (mailboxId !== undefined && context === null) return outdatedAnswer(asker);
  const answer = fields[ANSWER_FIELD] ?? '';
  const chosen = CHOSEN_FACTS.find((fact) => asked.includes(fact));
  const progress =
    chosen === undefined
      ? {
          answered: withTicks(
            { ...facts, ...knownSetUp(context) },
            TICKED_FACTS.filter((fact) => asked.includes(fact)),
            answer.split(','),
          ),
          skipped,
        }
      : answer === DONT_KNOW || answer === ''
        ? { answered: facts, skipped: [...skipped, chosen] }
        : {
            answered: withChoice({ ...facts, ...knownSetUp(context) }, chosen, answer),
            skipped,
          };
  return plainAnswer(setUpCard(setUpView(services, context, progress, asker.t), asker.t));
}
