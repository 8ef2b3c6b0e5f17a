import { randomBytes } from 'node:crypto';
import { type AdmissionRules, admit } from './admission.ts';
import { createAfterFlush } from './after-flush.ts';
import type { BotServices } from './bot-services.ts';
import type { ChannelAdapter, ChannelAnswer } from './channel-adapter.ts';
import { createDuplicateActivities } from './duplicate-activities.ts';
import { MailboxMedicBot } from './mailbox-medic-bot.ts';
import type { OpenAnswers } from './open-answers.ts';
import { createSendLater } from './send-later.ts';

export interface TeamsEndpoint {
  /** One POST to /api/messages. `afterFlush` runs when the caller has the answer. */
  handle(
    authorization: string,
    body: unknown,
  ): Promise<ChannelAnswer & { readonly afterFlush: () => Promise<void> }>;
  /** Turns answered since the start. */
  readonly turns: () => number;
  /** Waits for turns under way. */
  settled(): Promise<void>;
}

export function createTeamsEndpoint(
  adapter: ChannelAdapter,
  services: BotServices,
  rules: AdmissionRules,
  openAnswers: OpenAnswers,
): TeamsEndpoint {
  const duplicates = createDuplicateActivities(services.store, services.clock);
  const sendLater = createSendLater(adapter, services.store);
  const resume = adapter.resume.bind(adapter);
  const underWay = new Set<Promise<unknown>>();
  let turns = 0;
  return {
    async handle(authorization, body) {
      const afterFlush = createAfterFlush();
      const traceId = randomBytes(4).toString('hex');
      const outcome = { refused: false, answered: (): void => undefined };
      const receiving = adapter.receive({ authorization, body }, async (context) => {
        const admission = admit(context.activity, rules);
        if (admission.kind === 'refused') {
          outcome.refused = true;
          services.log.warn('activity-refused', { traceId, reason: admission.reason });
          return;
        }
        turns += 1;
        const { conversation, type } = context.activity;
        if (type === 'invoke') outcome.answered = openAnswers.begin(conversation.id);
        const followUp = { afterFlush, sendLater, resume };
        await new MailboxMedicBot({ services, duplicates, followUp, traceId }).run(context);
      });
      underWay.add(receiving);
      try {
        const answer = await receiving;
        return {
          ...(outcome.refused ? { status: 403 } : answer),
          async afterFlush() {
            outcome.answered();
            await afterFlush.run();
          },
        };
      } finally {
        underWay.delete(receiving);
      }
    },
    turns: () => turns,
    async settled() {
      await Promise.allSettled([...underWay]);
    },
  };
}
